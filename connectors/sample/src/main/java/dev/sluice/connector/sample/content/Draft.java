package dev.sluice.connector.sample.content;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.ColumnBuilder;

/** The dice for one value after another, and the paper for those that are texts. One thread uses it. */
final class Draft {
    private final ByteSink text = new ByteSink(256);
    private long state;

    /**
     * Begins a value: from here on the dice fall as the key of the row and the number of the column say. All columns of a
     * row walk along one circle of numbers; theirs are so far apart that they never come to each other's.
     */
    Draft begin(long key, int column) {
        state = key + column * Noise.STEP;
        return this;
    }

    /** Throws all 64 bits. */
    long next() {
        state += Noise.STEP;
        return Noise.mix(state);
    }

    /** A number from 0 up to, and without, the bound. */
    long below(long bound) {
        return Noise.below(next(), bound);
    }

    /** A number between two, both included. */
    long between(long least, long most) {
        return least + below(most - least + 1);
    }

    /** True in one of so many cases. */
    boolean oneIn(int cases) {
        return below(cases) == 0;
    }

    /** One of these words. */
    byte[] one(WordList words) {
        return words.word((int) below(words.size()));
    }

    /** An empty sheet. */
    ByteSink text() {
        text.clear();
        return text;
    }

    /** Adds what is on the sheet as the value of a row. */
    void finish(ColumnBuilder out) {
        ((BytesColumn.Builder) out).append(text.bytes(), 0, text.size());
    }
}
