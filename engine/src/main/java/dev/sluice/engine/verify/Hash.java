package dev.sluice.engine.verify;

/** A hash of 128 bits; two values that differ have the same one with a chance that nobody needs to think of. */
record Hash(long high, long low) {
    @Override
    public int hashCode() {
        return (int) low;
    }
}
