package dev.sluice.cli.session;

import java.util.List;

/**
 * How a connection is to be verified.
 *
 * @param streams only these streams; empty for all
 * @param repair true if rows that differ are to be mended
 * @param shown how many rows that differ are named
 * @param inside true if databases may count and sum rows by themselves
 */
public record VerifyWish(List<String> streams, boolean repair, int shown, boolean inside) {
    public VerifyWish {
        streams = List.copyOf(streams);
    }
}
