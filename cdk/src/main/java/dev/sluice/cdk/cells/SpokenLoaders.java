package dev.sluice.cdk.cells;

import dev.sluice.cdk.text.FloatText;
import dev.sluice.cdk.text.TimeParser;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.DoubleColumn;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.type.DataType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** The loaders of records of the Airbyte protocol, where they differ from those of files. */
final class SpokenLoaders {
    private SpokenLoaders() {}

    /**
     * The loader of a column.
     *
     * @param type the type
     * @param column the place of its cells in each record
     * @param builder takes the values
     */
    static ColumnLoader of(DataType type, int column, ColumnBuilder builder) {
        return switch (type) {
            case DataType.FloatType(int bits) when bits == 64 -> new Numbers(column, (DoubleColumn.Builder) builder);
            case DataType.TimestampType moment
            when moment.zoned() && moment.precision() <= 6 ->
                new Moments(column, (LongColumn.Builder) builder, moment.precision());
            case DataType _ -> Loaders.of(type, column, builder, true);
        };
    }

    /** Points in time; without a zone they are in UTC. */
    private static final class Moments extends Loaders.LongLoader {
        private final TimeParser parser = new TimeParser();
        private final int precision;

        Moments(int column, LongColumn.Builder builder, int precision) {
            super(column, builder);
            this.precision = precision;
        }

        @Override
        boolean take(byte[] data, int from, int to, int row) {
            boolean fits = parser.timestamp(data, from, to, precision, true)
                    || parser.timestamp(data, from, to, precision, false);
            return keep(fits, row, parser.value());
        }
    }

    /** Numbers as JSON has them, of which a float of 64 bits holds most. */
    private static final class Numbers extends ColumnLoader {
        /** So many digits any float of 64 bits keeps (IEEE 754, table 3.3 gives 15.95 for its 53 bits). */
        private static final int SAFE_DIGITS = 15;

        private final DoubleColumn.Builder builder;
        private double[] values = {};
        private boolean[] lost = {};

        Numbers(int column, DoubleColumn.Builder builder) {
            super(column, true);
            this.builder = builder;
        }

        @Override
        void makeRoom(int rows) {
            values = new double[rows];
            lost = new boolean[rows];
        }

        @Override
        boolean take(byte[] data, int from, int to, int row) {
            double value = FloatText.parseShort(data, from, to);
            if (!Double.isNaN(value)) {
                values[row] = value;
                lost[row] = false;
                return true;
            }
            if (!FloatText.isFloat(data, from, to)) {
                return false;
            }
            value = FloatText.parseDouble(data, from, to);
            values[row] = value;
            lost[row] = to - from > SAFE_DIGITS && differs(value, data, from, to);
            return !Double.isInfinite(value) || data[to - 1] == 'y';
        }

        private static boolean differs(double value, byte[] data, int from, int to) {
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                return false;
            }
            String text = new String(data, from, to - from, StandardCharsets.US_ASCII);
            return new BigDecimal(Double.toString(value)).compareTo(new BigDecimal(text)) != 0;
        }

        @Override
        boolean lostDigits(int row) {
            return lost[row];
        }

        @Override
        ColumnBuilder builder() {
            return builder;
        }

        @Override
        void append(CellBlock block, int row) {
            builder.append(values[row]);
        }
    }
}
