# Resept i FHIR: kvifor ei bestilling ikkje vart resept. Nynorsk.

order-unread = { $element } blir ikkje lese her. Ta det ut, eller sei det der det har ein plass. Ingenting er forskrive.
order-other-resource = Innhaldet er verken MedicationRequest eller MedicationStatement.
order-not-active = status er ikkje active. Berre ei aktiv bestilling blir resept.
order-not-ordered = intent er verken order eller original-order. Ein plan eller eit forslag blir ikkje resept.
order-not-to-be-given = doNotPerform seier at legemiddelet ikkje skal gjevast.
order-modified = modifierExtension kan endre kva bestillinga tyder, og er ikkje kjend her. Ta han ut.
order-lacks-use = Bruk (kodeverk 9101) manglar: fast, kur eller ved behov.
order-lacks-patient = Fødselsnummeret eller D-nummeret til pasienten manglar.
order-lacks-prescriber = HPR-nummeret til forskrivaren manglar.
order-lacks-name = Namnet på legemiddelet manglar.
order-lacks-group = Reseptgruppa (kodeverk 7421) manglar. For antibiotika er ho C; for andre legemiddel må ho stå i bestillinga.
order-lacks-dosage = Doseringa i ord manglar.
order-lacks-amount = Talet på pakningar eller mengda manglar.
order-lacks-repeats = Talet på reitereringar manglar. Skriv 0 for ingen.
order-lacks-prescribed = Dagen for forskriving manglar.
order-lacks-expires = Den siste dagen manglar. Han er berre kjend på førehand for somme legemiddel.
order-reasons = Bestillinga har fleire ulike diagnosar. Send den eine som legemiddelet er forskrive for.
order-not-electronic = typeresept er ikkje ein elektronisk resept.
order-other-day = Dagen for forskriving er ein annan enn i dag. Ein resept har dagen han blir signert.
order-no-key = Det finst ingen signeringsnøkkel her for HPR-nummeret i innlogginga. Berre ein forskrivar med nøkkel her kan forskrive.
order-anothers = Forskrivaren i bestillinga er ein annan enn den som er logga inn. Ingen forskriv i namnet til ein annan.
order-condition = If-None-Exist er ikkje identifier=SYSTEM|VERDI. Namngje bestillinga med éin identifikator.
order-id-form = ReseptId er ikkje ein UUID. Lag ein, eller la han vere ute.
order-id-none = Bestillinga har ingen identifier. Gje henne ein, så ho kan sendast på nytt og framleis er éin resept.
order-id-long = Identifikatoren er tom eller for lang.
order-prior-gone = Resepten som skal fornyast, er ikkje ein av dine til denne pasienten som er motteken og framleis gjeld. Ingenting er forskrive.
order-numbers-differ = Tala og orda i doseringa seier ikkje det same. Rett det som er feil.
order-numbers-unheld = Tala i doseringa kan ikkje haldast mot orda. Skriv orda som i «1 tablett 3 gonger dagleg i 7 dagar», med alt som tala seier, eller la tala vere ute.
order-one-of-two = Legemiddelet har to verkestoff, og dosen er eitt tal: det går ikkje fram av kva for eit. Skriv begge, som i «800+160 mg 2 gonger dagleg i 3 dagar», eller tablettar.
order-recall-reason = Årsaka manglar eller kan ikkje brukast her. Send parameteren reason med ein kode frå kodeverk 7500: 2 seponering, 4 anna eller 5 administrativ sletting.
order-recall-over = Resepten kan ikkje kallast tilbake: han vart avvist.
