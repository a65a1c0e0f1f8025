# Resept i FHIR: hvorfor en bestilling ikke ble resept. Bokmål.

order-unread = { $element } blir ikke lest her. Ta det ut, eller si det der det har en plass. Ingenting er forskrevet.
order-other-resource = Innholdet er verken MedicationRequest eller MedicationStatement.
order-not-active = status er ikke active. Bare en aktiv bestilling blir resept.
order-not-ordered = intent er verken order eller original-order. En plan eller et forslag blir ikke resept.
order-not-to-be-given = doNotPerform sier at legemidlet ikke skal gis.
order-modified = modifierExtension kan endre hva bestillingen betyr, og er ikke kjent her. Ta den ut.
order-lacks-use = Bruk (kodeverk 9101) mangler: fast, kur eller ved behov.
order-lacks-patient = Pasientens fødselsnummer eller D-nummer mangler.
order-lacks-prescriber = Forskriverens HPR-nummer mangler.
order-lacks-name = Navnet på legemidlet mangler.
order-lacks-group = Reseptgruppen (kodeverk 7421) mangler. For antibiotika er den C; for andre legemidler må den stå i bestillingen.
order-lacks-dosage = Doseringen i ord mangler.
order-lacks-amount = Antall pakninger eller mengde mangler.
order-lacks-repeats = Antall reitereringer mangler. Skriv 0 for ingen.
order-lacks-prescribed = Dagen for forskrivning mangler.
order-lacks-expires = Den siste dagen mangler. Den er bare kjent på forhånd for noen legemidler.
order-reasons = Bestillingen har flere ulike diagnoser. Send den ene som legemidlet er forskrevet for.
order-not-electronic = typeresept er ikke en elektronisk resept.
order-other-day = Dagen for forskrivning er en annen enn i dag. En resept har dagen den blir signert.
order-no-key = Det finnes ingen signeringsnøkkel her for HPR-nummeret i innloggingen. Bare en forskriver med nøkkel her kan forskrive.
order-anothers = Forskriveren i bestillingen er en annen enn den som er logget inn. Ingen forskriver i en annens navn.
order-condition = If-None-Exist er ikke identifier=SYSTEM|VERDI. Navngi bestillingen med én identifikator.
order-id-form = ReseptId er ikke en UUID. Lag en, eller la den være ute.
order-id-none = Bestillingen har ingen identifier. Gi den en, så den kan sendes på nytt og fortsatt er én resept.
order-id-long = Identifikatoren er tom eller for lang.
order-prior-gone = Resepten som skal fornyes, er ikke en av dine til denne pasienten som er mottatt og fortsatt gjelder. Ingenting er forskrevet.
order-numbers-differ = Tallene og ordene i doseringen sier ikke det samme. Rett det som er feil.
order-numbers-unheld = Tallene i doseringen kan ikke holdes mot ordene. Skriv ordene som i «1 tablett 3 ganger daglig i 7 dager», med alt som tallene sier, eller la tallene være ute.
order-one-of-two = Legemidlet har to virkestoff, og dosen er ett tall: det går ikke fram av hvilket. Skriv begge, som i «800+160 mg 2 ganger daglig i 3 dager», eller tabletter.
order-recall-reason = Årsaken mangler eller kan ikke brukes her. Send parameteren reason med en kode fra kodeverk 7500: 2 seponering, 4 annen eller 5 administrativ sletting.
order-recall-over = Resepten kan ikke kalles tilbake: den ble avvist.
