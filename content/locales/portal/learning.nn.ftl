# E-læring, for legen

learning-title = E-læring
learning-intro = Kursa du er påmeld til, møta dine, og korte modular med ei prøve i kvar. Du kan ta ei prøve så mange gonger du vil; det beste resultatet tel.
learning-courses = Kursa dine
learning-no-course = Du er ikkje påmeld til noko kurs. Leiaren for kursgruppa di melder deg på.
learning-fulfilled = Fullført { $day }
learning-lacking = { $count ->
    [one] { $number } krav står att
   *[other] { $number } krav står att
  }
learning-modules = Modular
learning-modules-lead = Modulane blir opna ut ifrå kurset ditt.
learning-no-module = Ingen modul er gyldig no.
learning-minutes = Om lag { $minutes } minutt
learning-valid = Gyldig { $first } – { $last }
learning-back = Tilbake til e-læring
learning-missing = Dette manglar før kursbeviset kan lagast:
learning-missing-do = Prøver tek du sjølv i modulane. Oppmøte fører kursleiaren.
learning-about-certificate = Slik får du kursbeviset
learning-certificate-pdf = Last ned kursbeviset (PDF)
learning-follow-own = Dine eigne tal etter kurset
learning-follow-group = Heile gruppa under eitt
learning-source = Kjelde
learning-sources = Kjelder
learning-to-test = Til prøva
learning-best = Ditt beste resultat: { $best }.
learning-test = Prøve
learning-needed = Bestått med { $needed } av { $all } rette.
learning-test-lead = Eitt svar er rett på kvart spørsmål. Du får svaret med forklaring med ein gong.
learning-send = Lever svara
learning-problem = Nokre spørsmål er ikkje svara på
learning-problem-unanswered = Vel eit svar på spørsmål { $number }.
learning-result-passed = Bestått: { $right } av { $all } rette. Resultatet er lagra.
learning-result-not-passed = { $right } av { $all } rette, ikkje bestått enno. Resultatet er lagra, og du kan ta prøva på nytt.
learning-was-right = Rett: { $answer }.
learning-was-wrong = Ikkje rett: { $answer }.
learning-right-is = Rett svar: { $answer }.
learning-again = Ta prøva på nytt
learning-undated = utan dato
