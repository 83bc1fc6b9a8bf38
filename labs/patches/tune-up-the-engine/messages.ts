/** What the checks of this lab say when a task is not done yet. */
export const messages = {
  'old-runtime': {
    de: 'Neue Container startet noch immer das runc vom Anfang. Was `runc --version` oder eine Datei sagt, zählt nicht: Die Prüfung hat runc bei der Arbeit festgehalten und den Kernel gefragt, welches Programm das ist.',
    en: 'New containers are still started by the runc of the beginning. What `runc --version` or a file says does not count: the check held runc while it worked and asked the kernel which program it is.',
  },
  'foreign-runtime': {
    de: 'Neue Container startet ein Programm, das weder das alte runc ist noch das aus dem Repository. Bei einer Laufzeit, die als root läuft, muss die Herkunft feststehen: Installiere das Paket aus `/srv/apt`.',
    en: 'New containers are started by a program that is neither the old runc nor the one from the repository. Of a runtime that runs as root you have to know where it comes from: install the package from `/srv/apt`.',
  },
  'not-a-package': {
    de: 'Das neue runc läuft, aber an der Paketverwaltung vorbei: dpkg kennt eine andere Fassung, oder in `/usr/sbin/runc` liegt etwas anderes. Das nächste Update findet es so nicht. Installiere es mit `apt-get install runc`.',
    en: 'The new runc is at work, but behind the package manager’s back: dpkg knows another version, or something else lies in `/usr/sbin/runc`. The next update will not find it. Install it with `apt-get install runc`.',
  },
  'no-source': {
    de: 'apt kennt das Repository in `/srv/apt` nicht. Ein Paket, das einmal von Hand installiert wurde, bekommt kein Update. Trage die Quelle in `/etc/apt/sources.list.d/` ein.',
    en: 'apt does not know the repository in `/srv/apt`. A package that was once installed by hand gets no update. Add the source in `/etc/apt/sources.list.d/`.',
  },
  'signature-optional': {
    de: 'Mit deinen Einstellungen nimmt apt auch ein gefälschtes oder unsigniertes Repository (`trusted=yes`, `allow-insecure` oder eine Einstellung in `apt.conf`). Wer die Dateien auf dem Weg zu dir ändern kann, ist dann root auf diesem Host.',
    en: 'With your settings apt also takes a forged or unsigned repository (`trusted=yes`, `allow-insecure` or a setting in `apt.conf`). Whoever can change the files on their way to you is then root on this host.',
  },
  'no-signed-by': {
    de: 'Die Quelle nennt ihren Schlüssel nicht. Ein Schlüssel in `trusted.gpg.d` bürgt für jede Quelle, auch für die von Debian. Nenne ihn mit `signed-by` bei der Quelle, für die er gelten soll.',
    en: 'The source does not name its key. A key in `trusted.gpg.d` vouches for every source, Debian’s included. Name it with `signed-by` at the source it is meant for.',
  },
  'strangers-trusted': {
    de: 'apt nimmt auch ein Repository, das jemand anders signiert hat. Lass nur den Schlüssel aus `/srv/apt/lab.asc` zu.',
    en: 'apt also takes a repository that somebody else has signed. Admit only the key from `/srv/apt/lab.asc`.',
  },
  'source-refused': {
    de: 'Mit deinen Einstellungen nimmt apt nicht einmal das echte Repository. Lies die Meldung von `apt-get update`: Stimmt der Pfad, ist der Schlüssel da und lesbar?',
    en: 'With your settings apt does not even take the genuine repository. Read what `apt-get update` says: is the path right, is the key there, and can it be read?',
  },
  'shop-restarted': {
    de: 'Der Laden wurde dabei neu gestartet. Jede Bestellung, die gerade lief, ist weg. Sorge dafür, dass Container weiterlaufen, während der Daemon nicht da ist.',
    en: 'The shop was restarted on the way. Every order that was under way is gone. See to it that containers go on while the daemon is away.',
  },
  'not-kept': {
    de: 'Vor dem Neustart war `live-restore` aktiv, der neue Daemon weiß davon nichts mehr. Die Einstellung muss in einer Datei stehen, die er beim Start liest.',
    en: '`live-restore` was active before the restart, but the new daemon knows nothing of it. The setting has to be in a file that it reads when it starts.',
  },
  'upgrade-first': {
    de: 'Bringe erst runc selbst auf den Stand des Repositorys (erste Aufgabe). Dann lässt sich zeigen, dass die nächste Fassung von allein kommt.',
    en: 'First bring runc itself up to date with the repository (first task). Then it can be shown that the next edition comes by itself.',
  },
  'not-upgraded': {
    de: 'Die Prüfung hat eine neuere Fassung ins Repository gelegt und die täglichen Aufträge ausgeführt, aber runc ist geblieben, wie es war. Aktualisiert der Auftrag die Listen, darf er installieren, gilt er auch für dieses Repository, und hält niemand das Paket fest?',
    en: 'The check put a newer edition into the repository and ran the daily jobs, but runc stayed what it was. Does the job update the lists, may it install, does it apply to this repository, and is nobody holding the package?',
  },
  'unsigned-installed': {
    de: 'Neben die neue Fassung hat die Prüfung ein Paket gelegt, das in keinem signierten Verzeichnis steht, und dein täglicher Auftrag hat es installiert. Lass apt entscheiden, was in Frage kommt: Es prüft Unterschrift und Prüfsummen, `dpkg -i` nicht.',
    en: 'Beside the new edition the check put a package that no signed index lists, and your daily job installed it. Let apt decide what comes into question: it checks signature and checksums, `dpkg -i` does not.',
  },
  'shop-broken': {
    de: 'Der Laden auf Port 8080 antwortet nicht richtig. Starte ihn mit `/srv/shop/run.sh`.',
    en: 'The shop on port 8080 does not answer correctly. Start it with `/srv/shop/run.sh`.',
  },
  'orders-lost': {
    de: 'Dem Laden fehlen Bestellungen vom Anfang. Sie liegen im Volume `orders`.',
    en: 'The shop lacks orders from the start. They are in the volume `orders`.',
  },
  'exec-broken': {
    de: 'Der Laden läuft, lässt sich aber nicht mehr bedienen: `docker exec` hat in ihm nichts bewirkt.',
    en: 'The shop runs but can no longer be managed: `docker exec` had no effect in it.',
  },
} as const;
