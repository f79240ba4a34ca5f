"""Children, carers and adults; every name, identifier and address they have had."""
