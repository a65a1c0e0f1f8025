# Erklæringer og opplysninger om tjenesten. Bokmål.

statements-about-lead = Riktig lager én rapport om antibiotikabruk for hver lege, av dataene som registrene allerede har. Rapporten skal være rettferdig, lett å lese og til å handle etter.
statements-about-why-title = Hvorfor
statements-about-why = Antibiotika som ikke trengs, gir resistens og bivirkninger. Leger som ser egne tall sammen med kolleger og gjør en plan, endrer mer enn leger som bare får råd. Derfor følger rapporten et kurs i etterutdanningsgruppen, og en oppfølging som viser om noe ble annerledes.
statements-about-how-title = Slik blir tallene til
statements-about-how = Hver utlevering av antibiotika kobles til kontakten som den hører til. Tallet ditt står ved siden av det som var å vente for de samme pasientene hos leger flest. Er grunnlaget for lite til å si noe, sier rapporten det. Nederst i hver rapport står det hvilke data den bygger på, og hva som er utelatt.
statements-about-not-title = Hva den ikke er
statements-about-not = Rapporten er ikke et tilsyn, ikke en rangering og ikke en fasit for den enkelte pasienten. Ingen får den i hende uten at du deler den.
statements-about-open-title = Åpen kildekode
statements-about-open = Programmet er fritt under EUPL 1.2. Definisjonen av hvert mål, med regneeksempler, ligger åpent sammen med koden.

statements-privacy-lead = Her står det hvilke opplysninger om deg tjenesten behandler, hvorfor, hvor lenge, og hva du kan kreve. Tjenesten sporer deg ikke, og sidene henter ingenting fra andre.
statements-privacy-who-title = Hvem som har ansvaret
statements-privacy-who = Behandlingsansvarlig er virksomheten som driver denne tjenesten. Dit retter du spørsmål og krav. Er du uenig i svaret, kan du klage til Datatilsynet.
statements-operator-name = Virksomheten er { $name }.
statements-operator-contact = Du når dem her: { $contact }
statements-privacy-what-title = Hva som behandles
statements-privacy-what-login = Innlogging: fødselsnummeret fra HelseID lagres bare som en nøklet kontrollsum som ikke kan leses tilbake. HPR-nummer, valgt språk, første og siste innlogging, og hvilken virksomhet du logget inn for.
statements-privacy-what-report = Rapporten: tall om egen forskrivning, laget av data fra Legemiddelregisteret og Kommunalt pasient- og brukerregister. Pasientene er pseudonymer med hemmelig nøkkel, og rapporten inneholder ingen pasient.
statements-privacy-what-work = Det du gjør her: mål og planer, hva du har delt og med hvem, gruppe og kurs, oppmøte og prøver, tall du har sagt ikke er dine, og når du åpnet eller lastet ned rapporten.
statements-privacy-what-log = Loggen: hver gang noen ser noe om en annen eller endrer noe, skrives det hvem, om hvem, hva, når og på hvilket grunnlag. Du kan lese det som gjelder deg, under Innsyn og rettigheter.
statements-privacy-basis-title = Hvorfor, og med hvilken rett
statements-privacy-basis = Formålet er bedre kvalitet i antibiotikabehandling. Grunnlaget er en oppgave i allmennhetens interesse (personvernforordningen artikkel 6 nr. 1 bokstav e), og for helseopplysningene artikkel 9 nr. 2 bokstav h og i, sammen med helseregisterloven og vilkårene i vedtaket om utlevering fra registrene. Deling med gruppeleder skjer bare når du selv velger det, og du kan trekke det tilbake når som helst.
statements-privacy-long-title = Hvor lenge
statements-privacy-long-session = Innloggingen: til du logger ut, eller til den har vært ubrukt en stund. Høyst et døgn.
statements-privacy-long-shares = Deling som er trukket tilbake: ett år.
statements-privacy-long-fetched = Utsendinger, avgjorte innsigelser, og når rapporten ble åpnet: fem år.
statements-privacy-long-away = Alt om deg, når du ikke har logget inn på fem år og ikke har et verv her: slettes.
statements-privacy-long-courses = Kurs, oppmøte, prøver og avsluttet medlemskap i grupper: ti år.
statements-privacy-long-names = Navn i loggen: ti år. Linjene blir stående uten navn, så ingen kan fjerne spor etter seg. Sletter du alt om deg, står det du gjorde overfor andre fortsatt i deres logg.
statements-privacy-rights-title = Dine rettigheter
statements-privacy-rights = Du kan se alt som er lagret om deg, laste det ned, rette det du selv har skrevet, protestere mot behandlingen, og slette det du har skrevet, eller alt om deg. Tall som ikke er dine, kan du melde på rapportsiden; de blir merket til de er avgjort. Tallene i en utgitt rapport endres ikke, men en feil blir rettet i den neste.
statements-privacy-cookies-title = Informasjonskapsler
statements-privacy-cookies = Én for innloggingen og én for språket, begge fra oss og begge nødvendige. Mens du logger inn, er det også én som husker hvor du skulle. Ingen måling, ingen reklame.

statements-accessibility-lead = Tjenesten skal kunne brukes av alle. Målet er WCAG 2.2 på nivå AA, mer enn forskriften om universell utforming av IKT krever.
statements-accessibility-done-title = Hva du kan regne med
statements-accessibility-done-keyboard = Alt kan gjøres med tastatur alene, og det synes hvor du er.
statements-accessibility-done-script = Alle sider virker uten JavaScript.
statements-accessibility-done-charts = Hver figur har en tekst som sier hva den viser, og tallene står i en tabell ved siden av. Farge bærer aldri noe alene.
statements-accessibility-done-size = Sidene kan leses på en skjerm som er 320 punkter bred, og forstørres til 400 prosent. Lyst og mørkt følger innstillingen din.
statements-accessibility-done-paper = Rapporten som PDF er merket for skjermlesere (PDF/UA).
statements-accessibility-faults-title = Kjente mangler
statements-accessibility-faults-users = Tjenesten er prøvd med automatiske verktøy og av utviklerne, men ennå ikke av personer som bruker skjermleser til daglig.
statements-accessibility-faults-tables = De bredeste tabellene i drift og forskning må rulles sidelengs på en smal skjerm.
statements-accessibility-faults-words = Fagord som legemiddelnavn og diagnosekoder er ikke forklart overalt; tjenesten er laget for helsepersonell.
statements-accessibility-tell-title = Si fra
statements-accessibility-tell = Finner du noe som stenger deg ute, si fra til virksomheten som driver tjenesten. Får du ikke hjelp, fører Tilsynet for universell utforming av ikt (uutilsynet.no) tilsyn, og Diskrimineringsnemnda behandler klager.

statements-terminology-lead = Tallene bygger på kodeverk som andre eier. Her står hvem de er, og hva som følger med programmet.
statements-terminology-icpc = Eies av Wonca (World Organization of Family Doctors). Den norske utgaven forvaltes av Helsedirektoratet. Vi viser koder og korte navn på infeksjonsgruppene.
statements-terminology-icd = Eies av Verdens helseorganisasjon (WHO). Den norske utgaven forvaltes av Helsedirektoratet.
statements-terminology-snomed = Eies av SNOMED International. Bruk krever lisens; i Norge gis den av Helsedirektoratet. Programmet leveres uten innholdet og viser bare begreper som leveransene selv bærer.
statements-terminology-atc = Eies av WHO Collaborating Centre for Drug Statistics Methodology ved Folkehelseinstituttet. Definerte døgndoser (DDD) er en måleenhet og ikke en anbefalt dose.
statements-terminology-aware = Inndelingen i Access, Watch og Reserve er Verdens helseorganisasjons.
statements-terminology-look-title = Utseendet
statements-terminology-look = Sidene bruker Designsystemet fra Digitaliseringsdirektoratet, under MIT-lisens. Rapporten på papir er satt med skriften Inter, under SIL Open Font License.
