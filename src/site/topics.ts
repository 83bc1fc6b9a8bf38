import type { Text, Topic } from '#lab';

/** Names of the four topics, short enough for the navigation. */
export const topicTitles: Readonly<Record<Topic, Text>> = {
  kernel: { de: 'Shared Kernel', en: 'Shared kernel' },
  surface: { de: 'Angriffsfläche', en: 'Attack surface' },
  privilege: { de: 'Minimale Rechte', en: 'Least privilege' },
  patches: { de: 'Updates und Patches', en: 'Updates and patches' },
};

/** What each topic asks, for the course map. */
export const topicQuestions: Readonly<Record<Topic, Text>> = {
  kernel: { de: 'Was trennt Container wirklich, wenn alle denselben Kernel benutzen?', en: 'What really separates containers that all run on one kernel?' },
  surface: { de: 'Wo kommt jemand hinein: Daemon, Images, Netzwerk, Ressourcen?', en: 'Where does somebody get in: daemon, images, network, resources?' },
  privilege: { de: 'Wie wenig Rechte braucht ein Dienst, damit er noch arbeitet?', en: 'How few rights does a service need to still do its work?' },
  patches: { de: 'Wie erreicht ein Fix den Container, der gerade läuft?', en: 'How does a fix reach the container that is running?' },
};
