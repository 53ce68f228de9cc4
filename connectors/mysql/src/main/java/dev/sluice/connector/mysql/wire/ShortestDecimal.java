package dev.sluice.connector.mysql.wire;

import java.math.BigDecimal;
import java.math.MathContext;

/** The decimal number of the fewest digits that means a floating point number, as the server writes it. */
public final class ShortestDecimal {
    private static final MathContext ONE_DIGIT = new MathContext(1);

    private ShortestDecimal() {}

    /** The decimal number of a finite number. */
    public static BigDecimal of(double value) {
        BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (shortest.precision() == 2) {
            // Java writes two digits at least, and takes the nearest ones: 4.9E-324 for what is 5e-324 elsewhere.
            BigDecimal shorter = shortest.round(ONE_DIGIT);
            return shorter.doubleValue() == value ? shorter : shortest;
        }
        return shortest;
    }
}
