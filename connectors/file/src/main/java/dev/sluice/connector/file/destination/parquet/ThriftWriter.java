package dev.sluice.connector.file.destination.parquet;

import dev.sluice.cdk.text.ByteSink;
import java.util.Map;

/** Writes values in the compact protocol of Thrift. */
final class ThriftWriter {
    private final ByteSink out = new ByteSink(4096);

    private ThriftWriter() {}

    /** The bytes of a struct. */
    static byte[] bytes(Thrift.Struct struct) {
        ThriftWriter writer = new ThriftWriter();
        writer.struct(struct);
        return writer.out.toBytes();
    }

    private void struct(Thrift.Struct struct) {
        int last = 0;
        for (Map.Entry<Integer, Thrift.Value> entry : struct.fields().entrySet()) {
            int field = entry.getKey();
            Thrift.Value value = entry.getValue();
            int step = field - last;
            if (step > 0 && step <= 15) {
                out.put(step << 4 | value.type());
            } else {
                out.put(value.type());
                zigzag(field);
            }
            last = field;
            if (value.type() > Thrift.FALSE) {
                value(value);
            }
        }
        out.put(0);
    }

    private void value(Thrift.Value value) {
        switch (value) {
            case Thrift.Scalar(int type, long number) -> number(type, number);
            case Thrift.Bytes run -> {
                varint(run.length());
                out.put(run.copy());
            }
            case Thrift.Sequence list -> {
                int size = list.elements().size();
                out.put(Math.min(size, 15) << 4 | list.elementType());
                if (size >= 15) {
                    varint(size);
                }
                list.elements().forEach(this::value);
            }
            case Thrift.Pairs map -> {
                varint(map.elements().size() / 2);
                if (!map.elements().isEmpty()) {
                    out.put(map.keyType() << 4 | map.valueType());
                }
                map.elements().forEach(this::value);
            }
            case Thrift.Struct struct -> struct(struct);
        }
    }

    private void number(int type, long number) {
        switch (type) {
            case Thrift.TRUE, Thrift.FALSE -> out.put(number == 1 ? Thrift.TRUE : Thrift.FALSE);
            case Thrift.BYTE -> out.put((int) number);
            case Thrift.DOUBLE -> {
                for (int shift = 0; shift < 64; shift += 8) {
                    out.put((int) (number >>> shift));
                }
            }
            default -> zigzag(number);
        }
    }

    private void zigzag(long number) {
        varint(number << 1 ^ number >> 63);
    }

    private void varint(long number) {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            out.put((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.put((int) rest);
    }
}
