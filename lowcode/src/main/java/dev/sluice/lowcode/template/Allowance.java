package dev.sluice.lowcode.template;

import dev.sluice.lowcode.value.Fault;

/** What one evaluation may cost: steps, which a loop, a regular expression and a long text use up. */
final class Allowance {
    private static final long STEPS = 2_000_000;
    private static final int MOST_TEXT = 16 << 20;

    private long left = STEPS;

    void step() {
        steps(1);
    }

    void steps(long count) {
        left -= count;
        if (left < 0) {
            throw Fault.limit("the template takes too long");
        }
    }

    /** Counts the characters of a text that is made. */
    <T extends CharSequence> T made(T text) {
        if (text.length() > MOST_TEXT) {
            throw Fault.limit("the template makes a text of more than " + MOST_TEXT + " characters");
        }
        steps(text.length() / 16);
        return text;
    }

    /** A text of which each look at a character counts, so that no regular expression runs for ever. */
    CharSequence watched(CharSequence text) {
        return new Watched(text, this);
    }

    private record Watched(CharSequence text, Allowance allowance) implements CharSequence {
        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            allowance.step();
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Watched(text.subSequence(start, end), allowance);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
