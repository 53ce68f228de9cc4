package dev.sluice.connector.sample.content;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.cdk.text.Words;
import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.IntColumn;
import dev.sluice.spi.data.LongColumn;

/** Makes up values. Implementations append exactly one value or null, and hold no state. */
interface Values {
    /** Appends a value for which the dice of the draft decide. */
    void append(ColumnBuilder out, Draft draft);

    /** The same values, and null in one of so many cases. */
    default Values orNullOneIn(int cases) {
        return (out, draft) -> {
            if (draft.oneIn(cases)) {
                out.appendNull();
            } else {
                append(out, draft);
            }
        };
    }

    static Values of(WordList words) {
        return (out, draft) -> ((BytesColumn.Builder) out).append(draft.one(words));
    }

    static Values ints(int least, int most) {
        return (out, draft) -> ((IntColumn.Builder) out).append((int) draft.between(least, most));
    }

    /** Whole numbers and whatever else is held as such: unscaled decimals, moments in microseconds. */
    static Values longs(long least, long most) {
        return (out, draft) -> ((LongColumn.Builder) out).append(draft.between(least, most));
    }

    /** Multiples of a unit, such as whole milliseconds in microseconds. */
    static Values multiples(long least, long most, long unit) {
        return (out, draft) -> ((LongColumn.Builder) out).append(draft.between(least / unit, most / unit) * unit);
    }

    /** Fractions with so many parts. */
    static Values doubles(int least, int most, int parts) {
        return (out, draft) -> ((DoubleColumn.Builder) out)
                .append((float) draft.between((long) least * parts, (long) most * parts) / parts);
    }

    /** True in so many of a hundred cases. */
    static Values trueInPercent(int percent) {
        return (out, draft) -> ((BoolColumn.Builder) out).append(draft.below(100) < percent);
    }

    /** JSON arrays of up to so many different words. */
    static Values lists(WordList words, int most) {
        WordList quoted = words.quoted();
        return (out, draft) -> {
            ByteSink text = draft.text();
            text.put('[');
            long count = draft.between(0, most);
            long word = draft.below(quoted.size());
            for (int i = 0; i < count; i++) {
                if (i > 0) {
                    text.put(',');
                }
                text.put(quoted.word((int) word));
                word = (word + 7) % quoted.size(); // no list is a multiple of 7 long, so none comes twice
            }
            text.put(']');
            draft.finish(out);
        };
    }

    /** Random bytes, eight for each of so many words. */
    static Values bytes(int words) {
        return (out, draft) -> {
            BytesColumn.Builder column = (BytesColumn.Builder) out;
            int at = column.reserve(words * Long.BYTES);
            for (int i = 0; i < words; i++) {
                Words.put(column.data(), at + i * Long.BYTES, draft.next());
            }
        };
    }
}
