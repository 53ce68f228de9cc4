package dev.sluice.engine.expr;

/** The codes of problems with fields. */
final class FieldProblems {
    /** A field that is named and is not there. */
    static final String NOT_FOUND = "E_FIELD_NOT_FOUND";

    private FieldProblems() {}
}
