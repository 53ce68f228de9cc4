package dev.sluice.connector.file.destination.text;

import dev.sluice.cdk.text.ByteSink;

/** Takes the bytes of lines, and lets go of them in the middle of a very long value. One thread uses it. */
abstract class LineSink {
    /** Values beyond this are written piece by piece, so that no second copy of them is needed. */
    static final int PIECE = 64 << 10;

    private static final int FIRST_BYTES = 8 << 10;

    private final int full;
    private final ByteSink buffer = new ByteSink(FIRST_BYTES);

    /**
     * Makes an empty sink.
     *
     * @param full how many bytes to collect before they are worth a way to the disk
     */
    LineSink(int full) {
        this.full = full;
    }

    /** What is collected so far. */
    final ByteSink buffer() {
        return buffer;
    }

    /** True if it is time to let go of what is collected. */
    final boolean isFull() {
        return buffer.size() >= full;
    }

    /** Lets go of what is collected, if it is much. May be called at any place. */
    final void relieve() {
        if (isFull()) {
            drain();
        }
    }

    /** Lets go of what is collected. */
    abstract void drain();
}
