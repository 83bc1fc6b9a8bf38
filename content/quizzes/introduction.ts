import type { Quiz } from '#site/quiz/quiz.ts';

export default {
  questions: [
    {
      id: 'what-is-a-container',
      type: 'single',
      ask: { de: 'Ein Container ist …', en: 'A container is …' },
      options: [
        {
          id: 'vm',
          isRight: false,
          text: { de: 'eine kleine virtuelle Maschine', en: 'a small virtual machine' },
          why: { de: 'Eine VM bringt ihren eigenen Kernel mit, ein Container nicht.', en: 'A VM brings a kernel of its own; a container does not.' },
        },
        {
          id: 'process',
          isRight: true,
          text: {
            de: 'ein gewöhnlicher Prozess mit eingeschränkter Sicht und begrenzten Mitteln',
            en: 'an ordinary process with a restricted view and limited resources',
          },
          why: {
            de: 'Namespaces schränken die Sicht ein, cgroups die Mittel. Auf dem Host steht der Prozess in der Prozessliste.',
            en: 'Namespaces restrict the view, cgroups the resources. On the host the process stands in the process list.',
          },
        },
        {
          id: 'chroot',
          isRight: false,
          text: { de: 'nur ein anderes Wurzelverzeichnis (`chroot`)', en: 'just another root directory (`chroot`)' },
          why: {
            de: 'Das Wurzelverzeichnis ist ein Teil davon. Prozesse, Netzwerk und Benutzer trennt ein `chroot` nicht.',
            en: 'The root directory is one part of it. A `chroot` separates neither processes nor network nor users.',
          },
        },
      ],
    },
    {
      id: 'layers',
      type: 'order',
      ask: { de: 'Von außen nach innen: Was liegt um deine Anwendung herum?', en: 'From the outside in: what lies around your application?' },
      steps: [
        { id: 'kernel', text: { de: 'Hardware und Kernel', en: 'Hardware and kernel' } },
        { id: 'host', text: { de: 'Betriebssystem des Hosts', en: 'The host’s operating system' } },
        { id: 'engine', text: { de: 'Docker Engine', en: 'Docker engine' } },
        { id: 'image', text: { de: 'Image', en: 'Image' } },
        { id: 'configuration', text: { de: 'Konfiguration des Containers', en: 'Configuration of the container' } },
        { id: 'application', text: { de: 'Anwendung', en: 'Application' } },
      ],
      why: {
        de: 'Jede Schicht kann nur so dicht sein wie die, auf der sie steht. Deshalb beginnt der Kurs beim Kernel.',
        en: 'No layer can be tighter than the one it stands on. That is why the course starts with the kernel.',
      },
    },
    {
      id: 'what-a-checker-looks-at',
      type: 'multiple',
      ask: { de: 'Woran misst ein Prüfer deine Härtung?', en: 'What does a checker measure your hardening by?' },
      options: [
        {
          id: 'kernel',
          isRight: true,
          text: { de: 'am Zustand, den der Kernel meldet', en: 'by the state the kernel reports' },
          why: { de: 'Der Kernel lügt nicht über uid, Capabilities und cgroups.', en: 'The kernel does not lie about uids, capabilities and cgroups.' },
        },
        {
          id: 'attack',
          isRight: true,
          text: { de: 'daran, ob der Angriff noch gelingt', en: 'by whether the attack still works' },
          why: { de: 'Er wird wiederholt, nicht vermutet.', en: 'It is repeated, not assumed.' },
        },
        {
          id: 'service',
          isRight: true,
          text: { de: 'daran, ob der Dienst noch arbeitet', en: 'by whether the service still works' },
          why: { de: 'Abschalten ist keine Härtung.', en: 'Switching it off is no hardening.' },
        },
        {
          id: 'history',
          isRight: false,
          text: { de: 'an den Befehlen, die du getippt hast', en: 'by the commands you typed' },
          why: { de: 'Der Weg ist dir überlassen; es zählt, was danach gilt.', en: 'The way is yours; what counts is what holds afterwards.' },
        },
      ],
    },
  ],
} satisfies Quiz;
