import type { Text } from '#lab';

/** What a check of this lab says while a task is not done. */
export const messages = {
  'key-readable': {
    de: 'Der Container kann die Schlüssel des Hafens weiterhin lesen, Profil hin oder her.',
    en: 'The container can still read the harbour’s keys, profile or no profile.',
  },
  'key-gone': {
    de: '/srv/harbour/keys/signing.key fehlt. Der Signierdienst auf dem Host braucht die Datei dort: Nimm sie dem Container weg, nicht dem Host.',
    en: '/srv/harbour/keys/signing.key is missing. The signing job on the host needs it there: take it away from the container, not from the host.',
  },
  'etc-writable': {
    de: 'Ein Prozess des Containers kann in dessen /etc schreiben.',
    en: 'A process of the container can write to its /etc.',
  },
  'can-mount': {
    de: 'Ein Prozess des Containers kann Dateisysteme einhängen: Er hat CAP_SYS_ADMIN.',
    en: 'A process of the container can mount file systems: it holds CAP_SYS_ADMIN.',
  },
  'web-broken': {
    de: 'Der Webserver liefert eine neue Seite aus /srv/harbour/www nicht mehr auf Port 8080 aus.',
    en: 'The web server no longer serves a new page from /srv/harbour/www on port 8080.',
  },
  'profile-missing': {
    de: 'Das Profil /root/lsm/web.apparmor ist nicht da.',
    en: 'The profile /root/lsm/web.apparmor is not there.',
  },
  'profile-does-not-compile': {
    de: 'apparmor_parser weist das Profil zurück. Ein Kernel mit AppArmor würde nichts laden.',
    en: 'apparmor_parser refuses the profile. A kernel with AppArmor would load nothing.',
  },
  'profile-name': {
    de: 'Die Datei soll genau ein Profil enthalten, und zwar docker-web: Diesen Namen nennt `--security-opt apparmor=`. Kindprofile sind hier nicht vorgesehen.',
    en: 'The file should hold exactly one profile, docker-web: that is the name in `--security-opt apparmor=`. Child profiles are not provided for here.',
  },
  'profile-only-complains': {
    de: 'Das Profil steht auf complain oder unconfined: Es meldet höchstens und verhindert nichts.',
    en: 'The profile is in complain or unconfined mode: at most it reports, and it prevents nothing.',
  },
  'profile-reads-secrets': {
    de: 'Unter diesem Profil darf der Webserver Geheimnisse lesen, die ihn nichts angehen.',
    en: 'Under this profile the web server may read secrets that are none of its business.',
  },
  'profile-writes': {
    de: 'Unter diesem Profil darf der Webserver schreiben, wo er nur lesen oder gar nichts soll.',
    en: 'Under this profile the web server may write where it should only read, or nothing at all.',
  },
  'profile-runs-programs': {
    de: 'Unter diesem Profil darf der Webserver fremde Programme starten, zum Beispiel eine Shell oder etwas Hochgeladenes.',
    en: 'Under this profile the web server may run other programs, such as a shell or something that was uploaded.',
  },
  'profile-powers': {
    de: 'Das Profil erlaubt eine Capability, mit der man aus dem Container ausbricht.',
    en: 'The profile allows a capability that leads out of the container.',
  },
  'profile-raw-network': {
    de: 'Das Profil erlaubt rohe Sockets. Damit lassen sich Pakete fälschen und mitlesen.',
    en: 'The profile allows raw sockets, good for forging and sniffing packets.',
  },
  'profile-mounts': {
    de: 'Das Profil erlaubt das Einhängen von Dateisystemen.',
    en: 'The profile allows file systems to be mounted.',
  },
  'profile-leaves': {
    de: 'Ein Prozess kann dieses Profil ablegen: durch change_profile oder durch ein Programm, das ohne Profil startet (ux).',
    en: 'A process can shed this profile: by change_profile, or by a program that starts without one (ux).',
  },
  'profile-blocks-service': {
    de: 'Unter diesem Profil kann der Webserver seine Arbeit nicht tun. Was er braucht, steht in /root/lsm/README.',
    en: 'Under this profile the web server cannot do its work. What it needs is in /root/lsm/README.',
  },
  'module-missing': {
    de: 'Das Modul /root/lsm/web.te ist nicht da.',
    en: 'The module /root/lsm/web.te is not there.',
  },
  'module-does-not-build': {
    de: 'Das Modul scheitert am Übersetzer oder am Binder.',
    en: 'The module fails in the compiler or in the linker.',
  },
  'module-breaks-neverallow': {
    de: 'Das Modul verletzt ein neverallow der Richtlinie: eine Zusicherung, die keine allow-Regel brechen darf. Der ganze Bau schlägt fehl.',
    en: 'The module violates a neverallow of the policy: an assertion that no allow rule may break. The whole build fails.',
  },
  'module-without-type': {
    de: 'In der fertigen Richtlinie gibt es den Typ webctr_t nicht. Steckt er in einem optional-Block, der nicht greift?',
    en: 'The finished policy has no type webctr_t. Is it inside an optional block that does not apply?',
  },
  'module-permissive': {
    de: 'webctr_t ist permissive: SELinux würde Verstöße nur aufschreiben.',
    en: 'webctr_t is permissive: SELinux would only write violations down.',
  },
  'module-allows-too-much': {
    de: 'Die fertige Richtlinie erlaubt webctr_t etwas, das aus dem Container führt, und sei es nur mit einem umgelegten Schalter.',
    en: 'The finished policy allows webctr_t something that leads out of the container, be it only with some boolean switched on.',
  },
  'module-leaves': {
    de: 'Ein Prozess in webctr_t kann in einen anderen Typ wechseln und dessen Rechte annehmen.',
    en: 'A process in webctr_t can turn into another type and take on its rights.',
  },
  'module-blocks-service': {
    de: 'Mit dieser Richtlinie kann der Webserver nicht starten oder nicht lauschen, oder keine Seiten lesen.',
    en: 'With this policy the web server cannot start, listen, or read pages.',
  },
} as const satisfies Record<string, Text>;
