package dev.sluice.connector.sample;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.source.Split;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a split reads: the rows whose ids lie in a range.
 *
 * @param from the first id
 * @param to the last one
 */
record IdRange(long from, long to) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

    /** The range of a split. */
    static IdRange of(Split split) {
        Matcher matcher = TEXT.matcher(split.payload());
        if (!matcher.matches()) {
            throw damaged("the plan's part " + split.id() + " cannot be read: " + split.payload())
                    .exception();
        }
        return new IdRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    /** Where to begin inside the range: with its first id, or where a reader said that it goes on. */
    long start(@Nullable String after) {
        if (after == null) {
            return from;
        }
        long next = after.matches("\\d{1,18}") ? Long.parseLong(after) : -1;
        if (next < from || next > to + 1) {
            throw damaged("the place to go on at does not lie in the part " + this + ": " + after)
                    .exception();
        }
        return next;
    }

    private static Problem damaged(String message) {
        return Problem.of("E_POSITION_DAMAGED", ProblemKind.INTEGRITY, message)
                .fix("read the stream anew: `sluice state rewind`");
    }

    @Override
    public String toString() {
        return from + "-" + to;
    }
}
