package dev.sluice.engine.expr;

import dev.sluice.spi.data.Column;
import dev.sluice.spi.source.RowFilter;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Schema;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** An expression with its types, ready to be evaluated by any thread. */
public final class Expression {
    private final Schema schema;
    private final Node node;
    private final Set<Integer> fields;

    private Expression(Schema schema, Node node, Set<Integer> fields) {
        this.schema = schema;
        this.node = node;
        this.fields = new TreeSet<>(fields);
    }

    /**
     * Gives an expression its types.
     *
     * @param schema the fields of the rows
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if it has none
     */
    public static Expression of(Syntax syntax, Schema schema) {
        Compiler compiler = new Compiler(schema);
        Node node = compiler.compile(syntax);
        return new Expression(schema, node, compiler.fields());
    }

    /**
     * The same with values of another type. What that type cannot hold exactly has no result.
     *
     * @return empty if there is no way from the one type to the other
     */
    public Optional<Expression> as(DataType type) {
        if (type.equals(node.type())) {
            return Optional.of(this);
        }
        boolean isNull = node instanceof Leaves.Constant constant && constant.isNull();
        if (!isNull && !Cast.isPossible(node.type(), type)) {
            return Optional.empty();
        }
        Node cast = Cast.to(type, node);
        return Optional.of(new Expression(schema, cast.type().equals(type) ? cast : new Wider(cast, type), fields));
    }

    /** Numbers of one kind with more bits. */
    private record Wider(Node value, DataType type) implements Node {
        @Override
        public Vector evaluate(Rows rows, boolean[] active) {
            return value.evaluate(rows, active);
        }
    }

    /** The type of its values. */
    public DataType type() {
        return node.type();
    }

    /** The places of the fields that it looks at. */
    public Set<Integer> fields() {
        return new TreeSet<>(fields);
    }

    /** The place of the field that it is nothing but a copy of; empty if it is more. */
    public OptionalInt copiedField() {
        return node instanceof Leaves.FieldNode(int index, DataType ignored)
                ? OptionalInt.of(index)
                : OptionalInt.empty();
    }

    /** The parts of a condition that sources may understand, all of which are true where it is true. */
    public List<RowFilter> filterParts() {
        return new FilterParts(schema).of(node);
    }

    /**
     * What came out.
     *
     * @param values the values; null where there is none and where a row was not asked for or has no result
     * @param trouble the rows that have no result
     */
    public record Result(Column values, Trouble trouble) {}

    /**
     * Its values for the rows of a batch.
     *
     * @param columns the columns of the schema
     * @param active by row, whether the value is asked for; no other row is looked at
     */
    public Result evaluate(List<Column> columns, boolean[] active) {
        Rows rows = new Rows(schema, columns, active.length);
        Vector vector = node.evaluate(rows, active);
        Column values = ColumnVectors.column(node.type(), vector, active, rows.trouble());
        return new Result(values, rows.trouble());
    }
}
