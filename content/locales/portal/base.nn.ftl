# Ramma rundt alle sider, og feilsider. Nynorsk.

base-skip = Gå til innhaldet
base-demo-name = Demo
base-demo = Demo med oppdikta data. Ingen tal her gjeld verkelege legar eller pasientar, og du loggar inn utan å vise kven du er.
base-logged-in = Innlogga:
base-log-out = Logg ut
base-language = Språk
base-navigation = Hovudmeny

base-nav-report = Rapporten min
base-nav-goals = Mål og plan
base-nav-group = Gruppa mi
base-nav-courses = Kurs
base-nav-learning = E-læring
base-nav-prescribe = Skriv resept
base-nav-pharmacy = Apotek
base-nav-area = Kommune og fylke
base-nav-uptake = Bruk og effekt
base-nav-operator = Drift
base-nav-research = Forsking
base-nav-log = Innsyn og rettar

base-about = Om tenesta
base-privacy = Personvern
base-accessibility = Tilgjenge
base-terminology = Kodeverk og rettar

base-reference = Treng du hjelp, oppgi denne referansen:
base-to-front = Til framsida
base-error-400 = Vi forstod ikkje det som vart sendt
base-error-400-do = Gå tilbake og prøv ein gong til. Ingenting er lagra.
base-error-401 = Du er logga ut
base-error-401-do = Innlogginga varer ei avgrensa tid. Logg inn att, så kjem du vidare.
base-error-403 = Denne sida er ikkje open for rolla di
base-error-403-do = Innlogginga di er i orden, men sida høyrer til ei anna rolle. Manglar du ei rolle du skal ha, kan drifta av tenesta gi deg henne.
base-error-404 = Sida finst ikkje
base-error-404-do = Adressa kan vere skriven feil, eller sida er flytta. Framsida viser vegen vidare.
base-error-409 = Nokon andre endra det same
base-error-409-do = Det du sende, er ikkje lagra. Opne sida på nytt, sjå kva som er endra, og prøv att.
base-error-413 = Det som vart sendt, er for stort
base-error-413-do = Ingenting er lagra. Send ein kortare tekst eller ei mindre fil.
base-error-429 = Mange førespurnader på kort tid
base-error-429-do = Vent eitt minutt og prøv att. Grensa vernar tenesta og dataa i henne.
base-error-500 = Noko gjekk gale hos oss
base-error-500-do = Feilen er registrert utan opplysningar om deg. Prøv att om litt.
base-error-503 = Tenesta er ikkje tilgjengeleg akkurat no
base-error-503-do = Det du hadde lagra, er trygt. Prøv att om nokre minutt.
