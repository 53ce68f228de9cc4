package dev.sluice.lowcode.value;

/**
 * What a template gets that asks for something that is not there.
 *
 * @param what what was asked for, for messages
 */
public record Undefined(String what) {
    @Override
    public String toString() {
        return "";
    }
}
