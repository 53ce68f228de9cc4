package dev.sluice.lowcode.manifest;

/**
 * Something that keeps a manifest from being used.
 *
 * @param where its place, such as {@code /streams/0}
 * @param what what is wrong, for people
 */
public record Mistake(String where, String what) {
    @Override
    public String toString() {
        return where + ": " + what;
    }
}
