package dev.sluice.spi.workbench;

import org.jspecify.annotations.Nullable;

/**
 * Something about a test that went through and that people should look at.
 *
 * @param code a stable word such as {@code key_not_unique}
 * @param message what
 * @param next what to do about it
 * @param path the part of the definition that it is about; null if it is about none
 */
public record TestWarning(
        String code, String message, String next, @Nullable String path) {}
