package dev.sluice.connector.file.avro;

import dev.sluice.cdk.text.ByteSink;
import dev.sluice.connector.file.input.DamagedFileException;
import dev.sluice.spi.data.BytesColumn;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.data.LongColumn;
import dev.sluice.spi.data.WideColumn;
import dev.sluice.spi.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.avro.Schema;

/** Decimals: the unscaled value in two's complement, the most significant byte first. */
final class AvroDecimal extends AvroValue {
    private static final int MOST_BYTES = 1 << 16;

    private final DataType.DecimalType own;
    private final DataType.DecimalType target;
    private final int fixed;
    private BigDecimal value = BigDecimal.ZERO;

    AvroDecimal(Schema schema, DataType.DecimalType own, DataType.DecimalType target) {
        this.own = own;
        this.target = target;
        this.fixed = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : -1;
    }

    @Override
    void read(AvroBytes in) throws DamagedFileException {
        int length = fixed < 0 ? in.length() : fixed;
        int from = in.skip(length);
        if (length == 0 || length > MOST_BYTES) {
            unfit(true);
            return;
        }
        value = new BigDecimal(new BigInteger(in.data(), from, length), own.scale());
        unfit(value.precision() > own.precision());
    }

    @Override
    void append(ColumnBuilder column) {
        append(value, target, column);
    }

    @Override
    void json(ByteSink out) {
        out.put(value.toPlainString());
    }

    /** Adds a number to a column of decimals that holds it exactly. */
    static void append(BigDecimal number, DataType.DecimalType type, ColumnBuilder column) {
        BigInteger unscaled = number.setScale(type.scale()).unscaledValue();
        switch (column) {
            case LongColumn.Builder longs -> longs.append(unscaled.longValueExact());
            case WideColumn.Builder wide ->
                wide.append(unscaled.shiftRight(Long.SIZE).longValueExact(), unscaled.longValue());
            case BytesColumn.Builder texts ->
                texts.append(number.setScale(type.scale()).toPlainString());
            case null, default -> throw new IllegalStateException("decimals go to no such column");
        }
    }
}
