package dev.sluice.engine.expr;

import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.DataType.DecimalType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Exact numbers of fewer digits behind the point: {@code round}, half up; and {@code abs}, which keeps them.
 *
 * @param digits the digits behind the point; below 0 for {@code abs}
 */
record Rounding(Node value, int digits, DataType type) implements Node {

    static Node round(Node value, int digits) {
        DecimalType from = Types.decimal(value.type());
        // One more before the point: 9.99 becomes 10.
        DataType type = from.isUnconstrained() ? from : Types.digits(Types.before(from) + 1, digits);
        return new Rounding(Cast.to(from, value), digits, type);
    }

    static Node abs(Node value) {
        DecimalType from = Types.decimal(value.type());
        return new Rounding(Cast.to(from, value), -1, from);
    }

    @Override
    public Vector evaluate(Rows rows, boolean[] active) {
        Vector.Decimals decimals = (Vector.Decimals) value.evaluate(rows, active);
        @Nullable BigDecimal[] values = new @Nullable BigDecimal[rows.size()];
        for (int row = 0; row < values.length; row++) {
            BigDecimal number = decimals.values[row];
            if (active[row] && number != null) {
                values[row] = digits < 0 ? number.abs() : number.setScale(digits, RoundingMode.HALF_UP);
            }
        }
        return new Vector.Decimals(decimals.present, values);
    }
}
