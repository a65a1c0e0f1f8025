# Framsida og innlogging. Nynorsk.

login-landing-title = Antibiotika i eigen praksis
login-landing-heading = Sjå korleis du bruker antibiotika, og kva som er verdt å endre
login-landing-lead = Kvart år får du ein rapport om antibiotika du skriv ut: dine eigne tal, kva som var å vente for pasientane du har, og kvar ei endring vil bety mest.
login-log-in = Logg inn med HelseID
login-demo-in = Vel kven du vil vere
login-who-title = For deg som skriv ut antibiotika
login-who = Fastlegar, vikarar, legevakts- og sjukeheimslegar ser sin eigen rapport. Ingen andre ser han, med mindre du deler han.
login-group-title = Laga for etterutdanning
login-group = Gruppa møtest tre gonger og ser på tala til kvarandre som prikkar utan namn. Etterpå ser kvar einskild om noko vart annleis.
login-fair-title = Rettvis samanlikning
login-fair = Tala står ved sida av det som var å vente for pasientar med same alder, kjønn og diagnose. Der det er for lite data, seier rapporten det.
login-need = Du treng helsepersonellnummer (HPR) og innlogging på høgaste tryggleiksnivå. Operatørar og forskarar loggar inn på same måten og får tilgang når to personar har gitt han.

login-failed = Innlogginga vart ikkje fullført
login-failed-stopped = Innlogginga vart avbroten før ho var ferdig. Ingenting er lagra, og du kan byrje på nytt.
login-failed-expired = Det gjekk for lang tid, eller innlogginga vart byrja i eit anna vindauge. Byrj på nytt herifrå.
login-failed-weak = Innlogginga var på eit lågare tryggleiksnivå enn tenesta krev. Vel ei innlogging på nivå 4, til dømes BankID eller Buypass.
login-failed-access = Du er logga inn hos HelseID, men vi finn verken HPR-nummer eller ei rolle her for deg. Skal du ha tilgang, kan drifta av tenesta hjelpe.
login-failed-unavailable = Innloggingstenesta svarar ikkje slik ho skal. Det er ikkje noko du har gjort. Prøv att om nokre minutt.
login-again = Logg inn på nytt

login-demo-title = Vel kven du vil vere
login-demo-lead = Alle her er oppdikta. Vel ein person, og du ser det den personen ville ha sett. Du kan logge ut og velje ein annan når som helst.
login-role-prescriber = Fastlege
login-sees-prescriber = Eigen rapport, eigne mål og plan, eiga gruppe
login-role-leader = Gruppeleiar
login-sees-leader = Det same som fastlegen, og kurset til gruppa med prikkar utan namn
login-role-institution = Leiar for sjukeheim eller legevakt
login-sees-institution = Tala for staden samla
login-role-chief = Kommuneoverlege
login-sees-chief = Kommunen samla, aldri den einskilde legen
login-role-operator = Nasjonal operatør
login-sees-operator = Leveransar, publisering, utsending og roller, ingen rapportar
login-role-researcher = Forskar
login-sees-researcher = Samla tal til forsking
login-role-patient = Pasient
login-sees-patient = Eigne reseptar, kva dei er for, og kven som har sett dei
login-role-guardian = Forelder
login-sees-guardian = Reseptane til barnet
login-role-pharmacist = Farmasøyt
login-sees-pharmacist = Reseptar på apoteket, med diagnosen og retningslinja, utlevering og etikett
