package dev.sluice.engine.expr;

import dev.sluice.spi.data.ValueText;
import dev.sluice.spi.source.RowFilter;
import dev.sluice.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says conditions in the words that sources understand, as far as those go. */
final class FilterParts {
    private final Schema schema;

    FilterParts(Schema schema) {
        this.schema = schema;
    }

    /**
     * The parts of a condition that can be said, all of which have to be true for it to be true. Empty if none can.
     */
    List<RowFilter> of(Node condition) {
        List<RowFilter> parts = new ArrayList<>();
        if (condition instanceof Logic.Both(Node left, Node right, boolean and) && and) {
            parts.addAll(of(left));
            parts.addAll(of(right));
        } else {
            exact(condition).ifPresent(parts::add);
        }
        return parts;
    }

    private Optional<RowFilter> exact(Node node) {
        return switch (node) {
            case Logic.Both(Node left, Node right, boolean and) ->
                exact(left)
                        .flatMap(one -> exact(right)
                                .map(other -> and
                                        ? new RowFilter.All(List.of(one, other))
                                        : new RowFilter.Any(List.of(one, other))));
            case Logic.Not(Node value) -> exact(value).map(RowFilter.Not::new);
            case Logic.IsNull(Leaves.FieldNode field) ->
                Optional.of(new RowFilter.IsNull(schema.field(field.index()).name()));
            case Logic.FirstPresent(Node one, Node other, var ignored)
            when isFalse(other) -> exact(one).map(RowFilter.Certain::new);
            case Comparison(Comparison.Operator operator, Leaves.FieldNode field, Leaves.Constant constant) ->
                compare(field, operator, constant);
            case Comparison(Comparison.Operator operator, Leaves.Constant constant, Leaves.FieldNode field) ->
                compare(field, operator.turned(), constant);
            default -> Optional.empty();
        };
    }

    private Optional<RowFilter> compare(
            Leaves.FieldNode field, Comparison.Operator operator, Leaves.Constant constant) {
        return ValueText.of(constant.type(), constant.value(), 0)
                .map(value -> new RowFilter.Compare(
                        schema.field(field.index()).name(), operator.comparison(), constant.type(), value));
    }

    private static boolean isFalse(Node node) {
        return node instanceof Leaves.Constant constant
                && ValueText.of(constant.type(), constant.value(), 0)
                        .filter("false"::equals)
                        .isPresent();
    }
}
