# Prompt: who and where, so that the two terminals are never mixed up.
case $(hostname) in
  attacker) PS1='\[\e[1;31m\]\u@\h\[\e[0m\]:\[\e[1;34m\]\w\[\e[0m\]\$ ' ;;
  *) PS1='\[\e[1;32m\]\u@\h\[\e[0m\]:\[\e[1;34m\]\w\[\e[0m\]\$ ' ;;
esac
alias ls='ls --color=auto' ll='ls -la' grep='grep --color=auto'
export EDITOR=nano LESS=-R
[ -r /usr/share/bash-completion/bash_completion ] && . /usr/share/bash-completion/bash_completion
