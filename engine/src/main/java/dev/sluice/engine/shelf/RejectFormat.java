package dev.sluice.engine.shelf;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats of files of rejected records. */
public enum RejectFormat {
    /** A line a record, with the names of the columns in front. */
    CSV,
    /** An object a line. */
    JSONL;

    /** The word in settings, and the ending of files. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of a word. */
    public static Optional<RejectFormat> of(String key) {
        return Arrays.stream(values()).filter(each -> each.key().equals(key)).findFirst();
    }

    /** The words. */
    public static List<String> keys() {
        return Arrays.stream(values()).map(RejectFormat::key).toList();
    }
}
