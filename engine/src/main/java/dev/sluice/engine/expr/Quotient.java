package dev.sluice.engine.expr;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** A quotient of exact numbers with a wanted number of digits behind the point, rounded half up. */
record Quotient(Node left, Node right, int digits) implements Node {
    @Override
    public DataType type() {
        DecimalType one = (DecimalType) left.type();
        DecimalType other = (DecimalType) right.type();
        return one.isUnconstrained() || other.isUnconstrained()
                ? DecimalType.unconstrained()
                : Types.digits(Types.before(one) + other.scale() + 1, digits);
    }

    @Override
    public Vector evaluate(Rows rows, boolean[] active) {
        Vector.Decimals one = (Vector.Decimals) left.evaluate(rows, active);
        Vector.Decimals other = (Vector.Decimals) right.evaluate(rows, active);
        boolean[] present = new boolean[rows.size()];
        @Nullable BigDecimal[] values = new @Nullable BigDecimal[present.length];
        for (int row = 0; row < present.length; row++) {
            present[row] = active[row] && one.present[row] && other.present[row];
            if (present[row] && rows.trouble().of(row) == null) {
                if (other.at(row).signum() == 0) {
                    rows.trouble().fail(row, "a division by zero");
                } else {
                    values[row] = one.at(row).divide(other.at(row), digits, RoundingMode.HALF_UP);
                }
            }
        }
        return new Vector.Decimals(present, values);
    }
}
