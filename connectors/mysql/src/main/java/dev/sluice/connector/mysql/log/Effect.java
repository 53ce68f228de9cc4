package dev.sluice.connector.mysql.log;

/** What a statement in the log means for a table. */
enum Effect {
    /** Nothing. */
    NONE,
    /** The table was built again, with the same columns and rows. */
    REBUILT,
    /** Its columns may be others from here on. */
    ALTERED,
    /** All its rows went. */
    TRUNCATED,
    /** It is another table from here on, or rows came and went with a part of it. */
    ANEW,
    /** Its rows were changed, and only the statement tells. */
    TOLD
}
