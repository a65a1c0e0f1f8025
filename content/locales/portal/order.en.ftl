# Prescribing in FHIR: why an order did not become a prescription. English.

order-unread = { $element } is not read here. Take it out, or say it where it has a place. Nothing was prescribed.
order-other-resource = The body is neither a MedicationRequest nor a MedicationStatement.
order-not-active = status is not active. Only an active order becomes a prescription.
order-not-ordered = intent is neither order nor original-order. A plan or a proposal does not become a prescription.
order-not-to-be-given = doNotPerform says that the drug is not to be given.
order-modified = modifierExtension may change what the order means and is not known here. Leave it out.
order-lacks-use = The use (list 9101) is missing: regular, a course or as needed.
order-lacks-patient = The patient's identity number is missing.
order-lacks-prescriber = The prescriber's HPR number is missing.
order-lacks-name = The name of the drug is missing.
order-lacks-group = The dispensing group (reseptgruppe, list 7421) is missing. For an antibiotic it is C; for other drugs the order must say it.
order-lacks-dosage = The dosage in words is missing.
order-lacks-amount = The number of packs, or the amount, is missing.
order-lacks-repeats = The number of repeats is missing. Write 0 for none.
order-lacks-prescribed = The day of prescribing is missing.
order-lacks-expires = The last day is missing. It is known beforehand for some drugs only.
order-reasons = The order has several different diagnoses. Send the one that the drug is prescribed for.
order-not-electronic = typeresept is not an electronic prescription.
order-other-day = The day of prescribing is another than today. A prescription is of the day on which it is signed.
order-no-key = There is no signing key here for the HPR number of the login. Only a prescriber whose key is here can prescribe.
order-anothers = The prescriber of the order is another than whoever is logged in. Nobody prescribes in another's name.
order-condition = If-None-Exist is not identifier=SYSTEM|VALUE. Name the order by one identifier.
order-id-form = The ReseptId is no UUID. Draw one, or leave it out.
order-id-none = The order has no identifier. Give it one, so that it can be sent again and is still one prescription.
order-id-long = The identifier is empty or too long.
order-prior-gone = The prescription to be renewed is none of yours for this patient that was taken and stands. Nothing was prescribed.
order-numbers-differ = The numbers and the words of the dosage do not say the same. Mend the one that is wrong.
order-numbers-unheld = The numbers of the dosage cannot be held against the words. Write the words as in “1 tablett 3 ganger daglig i 7 dager”, with everything that the numbers say, or leave the numbers out.
order-one-of-two = The drug has two substances, and the dose is one number: of which cannot be told. Write both, as in “800+160 mg 2 ganger daglig i 3 dager”, or tablets.
order-recall-reason = The reason is missing or cannot be used here. Send the parameter reason with a code of list 7500: 2 discontinued, 4 other or 5 administrative deletion.
order-recall-over = The prescription cannot be recalled: it was refused.
