package dev.sluice.spi.workbench;

import org.jspecify.annotations.Nullable;

/**
 * What an exchange was about.
 *
 * @param kind what it was for
 * @param title the same in a few words for people
 * @param stream the stream that it was for, if it was not the one that is tried out; null otherwise
 * @param path the part of the definition that asked; empty if unknown
 */
public record ExchangeAbout(
        ExchangeKind kind, String title, @Nullable String stream, String path) {}
