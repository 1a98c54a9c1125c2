-- That an answer was accepted is told on devices, as to everybody who never chose.

UPDATE device_choices SET kinds = kinds || ' accepted' WHERE kinds <> '';
