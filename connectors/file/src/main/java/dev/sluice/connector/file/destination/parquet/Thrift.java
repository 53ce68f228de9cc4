package dev.sluice.connector.file.destination.parquet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Values in the compact protocol of Thrift, in which the footers of Parquet files are written. What nobody here knows is
 * kept as it is.
 */
final class Thrift {
    static final int TRUE = 1;
    static final int FALSE = 2;
    static final int BYTE = 3;
    static final int I16 = 4;
    static final int I32 = 5;
    static final int I64 = 6;
    static final int DOUBLE = 7;
    static final int BINARY = 8;
    static final int LIST = 9;
    static final int SET = 10;
    static final int MAP = 11;
    static final int STRUCT = 12;

    private Thrift() {}

    /** A value with the code of its type. */
    sealed interface Value {
        int type();
    }

    /** A truth value, an integer, or the bits of a floating point number. */
    record Scalar(int type, long value) implements Value {}

    /** A run of bytes. Immutable. */
    static final class Bytes implements Value {
        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        int length() {
            return bytes.length;
        }

        byte[] copy() {
            return bytes.clone();
        }

        @Override
        public int type() {
            return BINARY;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bytes run && Arrays.equals(bytes, run.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /** A list or a set. */
    record Sequence(int type, int elementType, List<Value> elements) implements Value {
        Sequence {
            elements = List.copyOf(elements);
        }
    }

    /** A map, as keys and values in turn. */
    record Pairs(int keyType, int valueType, List<Value> elements) implements Value {
        Pairs {
            elements = List.copyOf(elements);
        }

        @Override
        public int type() {
            return MAP;
        }
    }

    /** Fields by their numbers. Immutable; the methods that change a field return another one. */
    record Struct(Map<Integer, Value> fields) implements Value {
        Struct {
            fields = Collections.unmodifiableMap(new TreeMap<>(fields));
        }

        @Override
        public int type() {
            return STRUCT;
        }

        /** The whole number of a field; 0 if there is none. */
        long whole(int field) {
            return fields.get(field) instanceof Scalar number ? number.value() : 0;
        }

        /** The elements of a list; none if there is no such field. */
        List<Value> list(int field) {
            return fields.get(field) instanceof Sequence list ? list.elements() : List.of();
        }

        /** The same with another value of a field. */
        Struct with(int field, Value value) {
            Map<Integer, Value> changed = new TreeMap<>(fields);
            changed.put(field, value);
            return new Struct(changed);
        }

        /** The same with another whole number in a field that has one. */
        Struct withWhole(int field, long number) {
            return fields.get(field) instanceof Scalar old ? with(field, new Scalar(old.type(), number)) : this;
        }

        /** The same without a field. */
        Struct without(int field) {
            Map<Integer, Value> changed = new TreeMap<>(fields);
            changed.remove(field);
            return new Struct(changed);
        }

        /** The same with other elements in a list that is there. */
        Struct withList(int field, List<Value> elements) {
            return fields.get(field) instanceof Sequence(int type, int elementType, List<Value> ignored)
                    ? with(field, new Sequence(type, elementType, elements))
                    : this;
        }
    }

    /** Reads values out of bytes. */
    static final class Reader {
        private static final int MAX_DEPTH = 32;

        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        /**
         * Reads a struct.
         *
         * @throws IllegalArgumentException if the bytes are none
         */
        Struct struct() {
            return struct(0);
        }

        private Struct struct(int depth) {
            requireDepth(depth);
            Map<Integer, Value> fields = new TreeMap<>();
            int field = 0;
            for (int header = next(); (header & 15) != 0; header = next()) {
                int step = header >>> 4;
                field = step == 0 ? (int) zigzag() : field + step;
                int type = header & 15;
                fields.put(field, type <= FALSE ? new Scalar(type, type == TRUE ? 1 : 0) : value(type, depth));
            }
            return new Struct(fields);
        }

        private Value value(int type, int depth) {
            return switch (type) {
                case TRUE, FALSE -> new Scalar(type, next() == TRUE ? 1 : 0);
                case BYTE -> new Scalar(type, next());
                case I16, I32, I64 -> new Scalar(type, zigzag());
                case DOUBLE -> new Scalar(type, fixed());
                case BINARY -> new Bytes(take(size()));
                case LIST, SET -> sequence(type, depth);
                case MAP -> pairs(depth);
                case STRUCT -> struct(depth + 1);
                default -> throw new IllegalArgumentException("unknown type " + type + " at " + at);
            };
        }

        private Sequence sequence(int type, int depth) {
            requireDepth(depth);
            int header = next();
            int count = header >>> 4 == 15 ? size() : header >>> 4;
            List<Value> elements = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                elements.add(value(header & 15, depth + 1));
            }
            return new Sequence(type, header & 15, elements);
        }

        private Pairs pairs(int depth) {
            requireDepth(depth);
            int count = size();
            int types = count == 0 ? 0 : next();
            List<Value> elements = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                elements.add(value(types >>> 4, depth + 1));
                elements.add(value(types & 15, depth + 1));
            }
            return new Pairs(types >>> 4, types & 15, elements);
        }

        private static void requireDepth(int depth) {
            if (depth > MAX_DEPTH) {
                throw new IllegalArgumentException("it is nested too deep");
            }
        }

        private int next() {
            if (at >= bytes.length) {
                throw new IllegalArgumentException("it ends in the middle");
            }
            return bytes[at++] & 0xFF;
        }

        private byte[] take(int length) {
            if (length > bytes.length - at) {
                throw new IllegalArgumentException("it ends in the middle");
            }
            byte[] taken = Arrays.copyOfRange(bytes, at, at + length);
            at += length;
            return taken;
        }

        private int size() {
            long size = varint();
            if (size < 0 || size > bytes.length) {
                throw new IllegalArgumentException("a size is out of range: " + size);
            }
            return (int) size;
        }

        private long zigzag() {
            long number = varint();
            return number >>> 1 ^ -(number & 1);
        }

        private long varint() {
            long number = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                int part = next();
                number |= (long) (part & 0x7F) << shift;
                if (part < 0x80) {
                    return number;
                }
            }
            throw new IllegalArgumentException("a number is too long");
        }

        private long fixed() {
            long bits = 0;
            for (int shift = 0; shift < 64; shift += 8) {
                bits |= (long) next() << shift;
            }
            return bits;
        }
    }
}
