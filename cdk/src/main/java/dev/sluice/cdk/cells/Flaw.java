package dev.sluice.cdk.cells;

/** Why a record cannot become a row. */
public enum Flaw {
    /** A value does not fit the type of its column. */
    VALUE_DOES_NOT_FIT("the value does not fit its type"),
    /** Text is not UTF-8, or could not be converted to it. */
    INVALID_TEXT("the text holds bytes that are no characters in the file's encoding"),
    /** The record has fewer fields than the file has columns. */
    TOO_FEW_FIELDS("the record has fewer fields than the file has columns"),
    /** The record has more fields than the file has columns. */
    TOO_MANY_FIELDS("the record has more fields than the file has columns"),
    /** The line ends before the last column begins. */
    LINE_TOO_SHORT("the line ends before its last column begins"),
    /** Something stands behind the last column. */
    LINE_TOO_LONG("there is text behind the last column of the line"),
    /** Something stands between a closing quote and the end of its field. */
    BAD_QUOTES("there is text behind a closing quote"),
    /** The record exceeds the size that the configuration allows. */
    RECORD_TOO_LARGE("the record is larger than max_record_bytes allows"),
    /** The record is no JSON. */
    NOT_JSON("the record is not valid JSON"),
    /** The record is JSON, but no object. */
    NOT_AN_OBJECT("the record is no JSON object"),
    /** An object has one key twice, so nobody knows which value is meant. */
    DUPLICATE_KEY("the record has a key twice"),
    /** An object has a key that the stream has no column for. */
    UNKNOWN_KEY("the record has a key that was not in the sample from which the columns were found");

    private final String sentence;

    Flaw(String sentence) {
        this.sentence = sentence;
    }

    /** The flaw in words. */
    public String sentence() {
        return sentence;
    }
}
