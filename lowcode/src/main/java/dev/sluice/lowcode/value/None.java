package dev.sluice.lowcode.value;

/** The value that is none: JSON's null and Python's None. */
public enum None {
    NONE;

    @Override
    public String toString() {
        return "None";
    }
}
