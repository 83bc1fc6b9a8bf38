import type { Lab } from '#lab';

export default {
  label: 'L9.9',
  title: { de: 'Neues Labor', en: 'New Lab' },
  summary: {
    de: 'Ein Webserver liefert mehr aus, als er sollte: Jemand hat die Datei mit der Flagge in sein Verzeichnis eingebunden.',
    en: 'A web server serves more than it should: somebody has mounted the file with the flag into its folder.',
  },
  minutes: 30,
  difficulty: 1,
  needs: [],
  attack: {
    title: { de: 'Lies die Flagge über den Webserver', en: 'Read the flag through the web server' },
    points: 20,
    hints: [{ de: '`curl http://dockerhost:8080/flag.txt`', en: '`curl http://dockerhost:8080/flag.txt`' }],
  },
  tasks: {
    'flag-out-of-reach': {
      title: { de: 'Der Webserver kommt nicht mehr an die Flagge', en: 'The web server can no longer reach the flag' },
      points: 20,
      hints: [
        { de: 'Wie kommt die Datei in den Container? `docker inspect web`', en: 'How does the file get into the container? `docker inspect web`' },
        { de: 'Ersetze den Container durch einen ohne diese Einbindung.', en: 'Replace the container with one that lacks this mount.' },
        {
          de: '`docker rm -f web`, dann den Aufruf aus /srv/web/start.sh ohne die Zeile mit flag.txt.',
          en: '`docker rm -f web`, then the command from /srv/web/start.sh without the line with flag.txt.',
        },
      ],
    },
  },
  messages: {
    'flag-mounted': { de: 'Die Flagge ist noch im Container eingebunden.', en: 'The flag is still mounted in the container.' },
    'not-serving': { de: 'Der Webserver liefert seine Seite nicht mehr aus.', en: 'The web server no longer serves its page.' },
  },
} as const satisfies Lab;
