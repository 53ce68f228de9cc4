package dev.sluice.connector.mysql.destination;

import dev.sluice.connector.mysql.destination.LineEncoder.Outcome;
import dev.sluice.connector.mysql.wire.ShortestDecimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Whether MySQL keeps the numbers of a JSON text, which is known to be JSON. It holds whole numbers of 64 bits, with a sign or
 * without, and all others as binary floating point numbers; one that is too great for these it refuses. MariaDB keeps the text.
 */
final class JsonNumbers {
    /** So many digits are kept by a floating point number whatever they are. */
    private static final int SAFE_DIGITS = 15;

    /** No floating point number has so many digits; more would only take time. */
    private static final int MOST_COMPARED = 1_200;

    /** Those of the greatest number of 64 bits. */
    private static final int MOST_DIGITS = 20;

    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.TWO.pow(64).subtract(BigInteger.ONE);

    private JsonNumbers() {}

    /**
     * What becomes of the text for its numbers' sake.
     *
     * @param nearest true if the server takes the nearest number, as newer ones do
     */
    static Outcome of(byte[] json, int from, int to, boolean nearest) {
        Outcome worst = Outcome.WRITTEN;
        boolean inString = false;
        for (int i = from; i < to; i++) {
            byte c = json[i];
            if (inString) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    inString = false;
                }
            } else if (c == '"') {
                inString = true;
            } else if (c == '-' || (c >= '0' && c <= '9')) {
                int end = i + 1;
                boolean isShort = true;
                while (end < to && isPartOfNumber(json[end])) {
                    isShort &= json[end] != 'e' && json[end] != 'E';
                    end++;
                }
                Outcome outcome = isShort && end - i <= SAFE_DIGITS
                        ? Outcome.WRITTEN
                        : of(new String(json, i, end - i, StandardCharsets.US_ASCII), nearest);
                if (outcome == Outcome.UNFIT) {
                    return outcome;
                }
                worst = outcome == Outcome.CUT ? outcome : worst;
                i = end - 1;
            }
        }
        return worst;
    }

    private static boolean isPartOfNumber(byte c) {
        return (c >= '0' && c <= '9') || c == '.' || c == 'e' || c == 'E' || c == '+' || c == '-';
    }

    private static Outcome of(String number, boolean nearest) {
        if (isWhole(number)) {
            return Outcome.WRITTEN;
        }
        double held = ServerDouble.of(number, nearest);
        if (Double.isNaN(held)) {
            return Outcome.UNFIT;
        }
        if (number.length() > MOST_COMPARED) {
            return Outcome.CUT;
        }
        try {
            return new BigDecimal(number).compareTo(ShortestDecimal.of(held)) == 0 ? Outcome.WRITTEN : Outcome.CUT;
        } catch (NumberFormatException beyond) {
            return Outcome.CUT; // an exponent that is less than any that we could compare
        }
    }

    private static boolean isWhole(String number) {
        if (number.length() > MOST_DIGITS || number.chars().anyMatch(c -> c == '.' || c == 'e' || c == 'E')) {
            return false;
        }
        BigInteger whole = new BigInteger(number);
        return whole.compareTo(LEAST) >= 0 && whole.compareTo(MOST) <= 0;
    }
}
