package dev.sluice.cdk.text;

import dev.sluice.spi.type.DataType.DecimalType;
import java.math.BigInteger;

/** The powers of ten as 128-bit integers. */
final class Wide {
    static final long[] POWER_HIGH = new long[DecimalType.MAX_WIDE_PRECISION + 1];
    static final long[] POWER_LOW = new long[DecimalType.MAX_WIDE_PRECISION + 1];

    static {
        for (int i = 0; i < POWER_HIGH.length; i++) {
            BigInteger power = BigInteger.TEN.pow(i);
            POWER_HIGH[i] = power.shiftRight(64).longValue();
            POWER_LOW[i] = power.longValue();
        }
    }

    private Wide() {}
}
