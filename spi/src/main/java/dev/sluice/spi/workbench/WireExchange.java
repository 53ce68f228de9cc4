package dev.sluice.spi.workbench;

import org.jspecify.annotations.Nullable;

/**
 * A request and what came of it.
 *
 * @param index its place among all of the test, from 0
 * @param about what it was about
 * @param request the request
 * @param response the answer; null if there was none
 * @param failure why there was none; null if there was one
 * @param retryOf the index of the one that it repeats; null if it is the first
 */
public record WireExchange(
        int index,
        ExchangeAbout about,
        WireRequest request,
        @Nullable WireResponse response,
        @Nullable String failure,
        @Nullable Integer retryOf) {}
