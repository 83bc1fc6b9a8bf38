# Trivy without a network, and with the database that lies here.
export TRIVY_CACHE_DIR=/opt/trivy TRIVY_SKIP_DB_UPDATE=true TRIVY_OFFLINE_SCAN=true TRIVY_SKIP_POLICY_UPDATE=true TRIVY_IMAGE_SRC=docker TRIVY_NO_PROGRESS=true
