# Forsiden og innlogging. Bokmål.

login-landing-title = Antibiotika i egen praksis
login-landing-heading = Se hvordan du bruker antibiotika, og hva som er verdt å endre
login-landing-lead = Hvert år får du en rapport om antibiotika du skriver ut: dine egne tall, hva som var å vente for pasientene du har, og hvor en endring vil bety mest.
login-log-in = Logg inn med HelseID
login-demo-in = Velg hvem du vil være
login-who-title = For deg som skriver ut antibiotika
login-who = Fastleger, vikarer, legevakts- og sykehjemsleger ser sin egen rapport. Ingen andre ser den, med mindre du deler den.
login-group-title = Laget for etterutdanning
login-group = Gruppen møtes tre ganger og ser på hverandres tall som prikker uten navn. Etterpå ser hver enkelt om noe ble annerledes.
login-fair-title = Rettferdig sammenligning
login-fair = Tallene står ved siden av det som var å vente for pasienter med samme alder, kjønn og diagnose. Der dataene er for få, sier rapporten det.
login-need = Du trenger helsepersonellnummer (HPR) og innlogging på høyeste sikkerhetsnivå. Operatører og forskere logger inn på samme måte og får tilgang når to personer har gitt den.

login-failed = Innloggingen ble ikke fullført
login-failed-stopped = Innloggingen ble avbrutt før den var ferdig. Ingenting er lagret, og du kan begynne på nytt.
login-failed-expired = Det gikk for lang tid, eller innloggingen ble begynt i et annet vindu. Begynn på nytt herfra.
login-failed-weak = Innloggingen var på et lavere sikkerhetsnivå enn tjenesten krever. Velg en innlogging på nivå 4, for eksempel BankID eller Buypass.
login-failed-access = Du er logget inn hos HelseID, men vi finner verken HPR-nummer eller en rolle her for deg. Skal du ha tilgang, kan driften av tjenesten hjelpe.
login-failed-unavailable = Innloggingstjenesten svarer ikke slik den skal. Det er ikke noe du har gjort. Prøv igjen om noen minutter.
login-again = Logg inn på nytt

login-demo-title = Velg hvem du vil være
login-demo-lead = Alle her er oppdiktet. Velg en person, og du ser det den personen ville ha sett. Du kan logge ut og velge en annen når som helst.
login-role-prescriber = Fastlege
login-sees-prescriber = Egen rapport, egne mål og plan, egen gruppe
login-role-leader = Gruppeleder
login-sees-leader = Det samme som fastlegen, og kurset til gruppen med prikker uten navn
login-role-institution = Leder for sykehjem eller legevakt
login-sees-institution = Tallene for stedet samlet
login-role-chief = Kommuneoverlege
login-sees-chief = Kommunen samlet, aldri den enkelte lege
login-role-operator = Nasjonal operatør
login-sees-operator = Leveranser, publisering, utsending og roller, ingen rapporter
login-role-researcher = Forsker
login-sees-researcher = Samlede tall til forskning
login-role-patient = Pasient
login-sees-patient = Egne resepter, hva de er for, og hvem som har sett dem
login-role-guardian = Forelder
login-sees-guardian = Barnets resepter
login-role-pharmacist = Farmasøyt
login-sees-pharmacist = Resepter på apoteket, med diagnosen og retningslinjen, utlevering og etikett
