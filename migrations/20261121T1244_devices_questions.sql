-- Who chose what their devices tell has chosen among the kinds there were: questions to those who lead are told, as to
-- everybody who never chose.

UPDATE device_choices SET kinds = kinds || ' question' WHERE kinds <> '';
