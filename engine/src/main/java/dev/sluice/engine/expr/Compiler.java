package dev.sluice.engine.expr;

import dev.sluice.engine.value.TextValues;
import dev.sluice.spi.data.BoolColumn;
import dev.sluice.spi.data.Column;
import dev.sluice.spi.data.ColumnBuilder;
import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.type.DataType;
import dev.sluice.spi.type.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Gives an expression its types, and refuses what has none. */
final class Compiler {
    private static final int MOST_DIGITS = 18;
    private static final int MOST_PLACES = 1000;
    private static final List<String> FUNCTIONS = List.of(
            "abs",
            "coalesce",
            "concat",
            "day",
            "divide",
            "hour",
            "if",
            "length",
            "lower",
            "minute",
            "month",
            "nullif",
            "replace",
            "round",
            "second",
            "substring",
            "trim",
            "upper",
            "weekday",
            "year");

    private final Schema schema;
    private final Set<Integer> fields = new TreeSet<>();

    Compiler(Schema schema) {
        this.schema = schema;
    }

    /** The places of the fields that were used so far. */
    Set<Integer> fields() {
        return fields;
    }

    Node compile(Syntax syntax) {
        return switch (syntax) {
            case Syntax.Literal(Object value, int at) -> literal(value);
            case Syntax.Name(String field, int at) -> field(field, at);
            case Syntax.Cast(Syntax value, String type, int at) -> cast(compile(value), type, at);
            case Syntax.Call call -> call(call);
        };
    }

    private static Node literal(@org.jspecify.annotations.Nullable Object value) {
        return switch (value) {
            case null -> new Leaves.Constant(Types.TEXT, Cast.nothing(Types.TEXT), null);
            case Boolean truth -> {
                BoolColumn.Builder builder = new BoolColumn.Builder(1);
                builder.append(truth);
                yield new Leaves.Constant(Types.BOOL, builder.build(), null);
            }
            case BigDecimal number -> number(number);
            default -> text(String.valueOf(value));
        };
    }

    private static Node text(String text) {
        return new Leaves.Constant(Types.TEXT, single(Types.TEXT, text), text);
    }

    private static Node number(BigDecimal number) {
        boolean whole = number.scale() <= 0 && number.toBigInteger().bitLength() < Long.SIZE;
        DataType type = whole
                ? Types.INT
                : Types.digits(Math.max(0, number.precision() - number.scale()), Math.max(0, number.scale()));
        return new Leaves.Constant(type, single(type, number.toPlainString()), null);
    }

    private static Column single(DataType type, String text) {
        ColumnBuilder builder = ColumnBuilder.of(type, 1);
        TextValues.append(type, text, builder);
        return builder.build();
    }

    private Node field(String name, int at) {
        int index = schema.indexOf(name).orElseThrow(() -> {
            Optional<String> near = NearNames.nearest(name, schema.names());
            return Problem.of("E_FIELD_NOT_FOUND", ProblemKind.CONFIG, "there is no field " + name)
                    .because("at character " + (at + 1) + " of the expression; the fields are "
                            + String.join(", ", schema.names()))
                    .fix(near.map(other -> "did you mean " + other + "?")
                            .orElse("texts stand in single quotes, fields in none or in double ones"))
                    .exception();
        });
        fields.add(index);
        return new Leaves.FieldNode(index, schema.field(index).type());
    }

    private Node cast(Node value, String typeName, int at) {
        DataType type = Types.named(typeName)
                .orElseThrow(() -> Mistakes.of(
                        "there is no type `" + typeName + "`",
                        at,
                        "the types are boolean, integer, decimal(p,s), float, text, date, time, timestamp,"
                                + " timestamp_with_timezone, uuid"));
        if (!Cast.isPossible(value.type(), type)) {
            throw Mistakes.of("a " + value.type().notation() + " cannot become a " + type.notation(), at);
        }
        return value instanceof Leaves.Constant constant && constant.text() != null
                ? converted(constant, type, at)
                : Cast.to(type, value);
    }

    private Node call(Syntax.Call call) {
        String name = call.function();
        int at = call.at();
        List<Node> arguments = new ArrayList<>();
        call.arguments().forEach(argument -> arguments.add(compile(argument)));
        return switch (name) {
            case "and", "or" ->
                new Logic.Both(truth(arguments, 0, call), truth(arguments, 1, call), name.equals("and"));
            case "not" -> new Logic.Not(truth(arguments, 0, call));
            case "is null" -> new Logic.IsNull(arguments.getFirst());
            case "=", "<>", "<", "<=", ">", ">=" -> comparison(name, arguments.get(0), arguments.get(1), at);
            case "in" -> in(arguments, at);
            case "+", "-", "*", "/", "%" ->
                Arithmetic.of(name.charAt(0), number(arguments, 0, call), number(arguments, 1, call));
            case "negate" -> Arithmetic.of('-', number(BigDecimal.ZERO), number(arguments, 0, call));
            case "||" -> new TextFunctions.Concat(texts(arguments), false);
            default -> function(call, arguments);
        };
    }

    private Node function(Syntax.Call call, List<Node> given) {
        String name = call.function();
        Optional<DateParts.Part> part = DateParts.Part.of(name);
        if (part.isPresent()) {
            require(call, 1, 1);
            DataType type = given.getFirst().type();
            if (!DateParts.has(type, part.get())) {
                throw Mistakes.of("a " + type.notation() + " has no " + name, call.at());
            }
            return new DateParts(part.get(), given.getFirst());
        }
        return switch (name) {
            case "if" -> {
                require(call, 3, 3);
                List<Node> same = alike(given.subList(1, 3), call.at());
                yield new Logic.If(
                        truth(given, 0, call),
                        same.get(0),
                        same.get(1),
                        same.get(0).type());
            }
            case "coalesce" -> {
                require(call, 1, 100);
                List<Node> same = alike(given, call.at());
                Node result = same.getLast();
                for (int i = same.size() - 2; i >= 0; i--) {
                    result = new Logic.FirstPresent(same.get(i), result, result.type());
                }
                yield result;
            }
            case "nullif" -> {
                require(call, 2, 2);
                Node equal = comparison("=", given.get(0), given.get(1), call.at());
                DataType type = given.getFirst().type();
                yield new Logic.If(equal, new Leaves.Constant(type, Cast.nothing(type), null), given.getFirst(), type);
            }
            case "concat" -> {
                require(call, 1, 100);
                yield new TextFunctions.Concat(texts(given), true);
            }
            case "lower", "upper", "trim", "length", "substring", "replace" -> textFunction(call, given);
            case "round", "divide", "abs" -> numberFunction(call, given);
            default ->
                throw Mistakes.of(
                        "there is no function `" + name + "`",
                        call.at(),
                        NearNames.nearest(name, FUNCTIONS)
                                .map(near -> "did you mean `" + near + "`?")
                                .orElse("the functions are " + String.join(", ", FUNCTIONS)));
        };
    }

    private Node textFunction(Syntax.Call call, List<Node> given) {
        Node first = given.isEmpty() ? text("") : Cast.to(Types.TEXT, given.getFirst());
        return switch (call.function()) {
            case "substring" -> {
                require(call, 2, 3);
                Node length = given.size() == 3 ? whole(given, 2, call) : number(new BigDecimal(Long.MAX_VALUE));
                yield new TextFunctions.Substring(first, whole(given, 1, call), length);
            }
            case "replace" -> {
                require(call, 3, 3);
                List<Node> texts = texts(given);
                yield new TextFunctions.Replaced(texts.get(0), texts.get(1), texts.get(2));
            }
            case "trim" -> {
                require(call, 1, 1);
                yield new TextFunctions.Trimmed(first);
            }
            case "length" -> {
                require(call, 1, 1);
                yield new TextFunctions.Length(first);
            }
            default -> {
                require(call, 1, 1);
                yield new TextFunctions.Cased(first, call.function().equals("upper"));
            }
        };
    }

    private Node numberFunction(Syntax.Call call, List<Node> given) {
        boolean divides = call.function().equals("divide");
        boolean rounds = call.function().equals("round");
        require(call, divides ? 3 : 1, divides ? 3 : rounds ? 2 : 1);
        Node first = number(given, 0, call);
        if (!Types.isExact(first.type())) {
            throw Mistakes.of(
                    "`" + call.function() + "` takes exact numbers", call.at(), "cast it: cast(x as decimal(18,6))");
        }
        if (divides) {
            // One digit more than wanted would round twice; the quotient itself is made with the wanted number.
            return new Quotient(Cast.to(Types.decimal(first.type()), first), divisor(given, call), digits(call, 2));
        }
        if (!rounds) {
            return Rounding.abs(first);
        }
        return Rounding.round(first, given.size() == 2 ? digits(call, 1) : 0);
    }

    private static Node divisor(List<Node> given, Syntax.Call call) {
        Node divisor = number(given, 1, call);
        if (!Types.isExact(divisor.type())) {
            throw Mistakes.of("`divide` takes exact numbers", call.at(), "cast it: cast(x as decimal(18,6))");
        }
        return Cast.to(Types.decimal(divisor.type()), divisor);
    }

    private static int digits(Syntax.Call call, int index) {
        if (call.arguments().get(index) instanceof Syntax.Literal(BigDecimal number, int at)
                && number.scale() == 0
                && number.signum() >= 0
                && number.compareTo(BigDecimal.valueOf(MOST_DIGITS)) <= 0) {
            return number.intValueExact();
        }
        throw Mistakes.of("`" + call.function() + "` takes a number of digits from 0 to " + MOST_DIGITS, call.at());
    }

    private Node in(List<Node> arguments, int at) {
        Node result = null;
        for (Node candidate : arguments.subList(1, arguments.size())) {
            Node equal = comparison("=", arguments.getFirst(), candidate, at);
            result = result == null ? equal : new Logic.Both(result, equal, false);
        }
        return java.util.Objects.requireNonNull(result);
    }

    private static Node comparison(String sign, Node left, Node right, int at) {
        List<Node> same = alike(List.of(left, right), at);
        Comparison.Operator operator = Comparison.Operator.of(sign);
        boolean ordered = operator != Comparison.Operator.EQUAL && operator != Comparison.Operator.UNEQUAL;
        DataType type = same.getFirst().type();
        if (ordered && !isOrdered(type)) {
            throw Mistakes.of("values of the type " + type.notation() + " have no order", at);
        }
        return new Comparison(operator, same.get(0), same.get(1));
    }

    private static boolean isOrdered(DataType type) {
        return switch (type) {
            case DataType.JsonType ignored -> false;
            case DataType.ArrayType ignored -> false;
            case DataType.ObjectType ignored -> false;
            case DataType.UnknownType ignored -> false;
            case DataType.TimeType(int ignored, boolean zoned) -> !zoned;
            default -> true;
        };
    }

    /** The values as values of one type. */
    private static List<Node> alike(List<Node> given, int at) {
        boolean numbers = given.stream().anyMatch(node -> Types.isNumber(node.type()));
        List<Node> nodes =
                numbers ? given.stream().map(node -> numeric(node, at)).toList() : given;
        DataType common = null;
        for (Node node : nodes) {
            boolean open = node instanceof Leaves.Constant constant && (constant.isNull() || constant.text() != null);
            if (!open) {
                DataType type = node.type();
                DataType before = common == null ? type : common;
                common = Types.common(before, type)
                        .orElseThrow(() -> Mistakes.of(
                                "a " + before.notation() + " and a " + type.notation() + " are no values of one kind",
                                at,
                                "cast one of them: cast(x as " + before.notation() + ")"));
            }
        }
        DataType type = common == null ? Types.TEXT : widest(common, nodes.size());
        List<Node> same = new ArrayList<>(nodes.size());
        for (Node node : nodes) {
            same.add(
                    node instanceof Leaves.Constant constant && constant.text() != null
                            ? converted(constant, type, at)
                            : Cast.to(type, node));
        }
        return same;
    }

    /** A text of the expression that is compared with numbers is one, with as many digits as it has. */
    private static Node numeric(Node node, int at) {
        if (!(node instanceof Leaves.Constant constant) || constant.text() == null) {
            return node;
        }
        try {
            BigDecimal number = new BigDecimal(constant.text().strip());
            if (Math.abs((long) number.scale()) <= MOST_PLACES) {
                return number(number);
            }
        } catch (NumberFormatException noNumber) {
            // told below
        }
        throw Mistakes.of("'" + constant.text() + "' is no number", at);
    }

    /** Whole numbers are reckoned with 64 bits, so that those of two fields can stand side by side. */
    private static DataType widest(DataType type, int values) {
        return values == 1 ? type : type instanceof DataType.IntType ? Types.INT : floating(type);
    }

    private static DataType floating(DataType type) {
        return type instanceof DataType.FloatType ? Types.FLOAT : type;
    }

    /** A text of the expression as a value of a type, at once. */
    private static Node converted(Leaves.Constant constant, DataType type, int at) {
        String text = String.valueOf(constant.text());
        try {
            return new Leaves.Constant(
                    type,
                    single(type, type instanceof DataType.TextType ? text : Cast.usual(type, text)),
                    type instanceof DataType.TextType ? text : null);
        } catch (IllegalArgumentException noValue) {
            throw Mistakes.of("'" + text + "' is no " + type.notation(), at);
        }
    }

    private static List<Node> texts(List<Node> nodes) {
        return nodes.stream().map(node -> Cast.to(Types.TEXT, node)).toList();
    }

    private static Node truth(List<Node> arguments, int index, Syntax.Call call) {
        Node node = arguments.get(index);
        if (node instanceof Leaves.Constant constant && constant.isNull()) {
            return Cast.to(Types.BOOL, node);
        }
        if (!(node.type() instanceof DataType.BoolType)) {
            throw Mistakes.of(
                    "`" + call.function() + "` takes a truth value, not a "
                            + node.type().notation(),
                    call.at());
        }
        return node;
    }

    private static Node number(List<Node> arguments, int index, Syntax.Call call) {
        Node node = arguments.get(index);
        if (node instanceof Leaves.Constant constant && constant.isNull()) {
            return Cast.to(Types.INT, node);
        }
        if (!Types.isNumber(node.type())) {
            throw Mistakes.of(
                    "`" + call.function() + "` takes numbers, not a "
                            + node.type().notation(),
                    call.at(),
                    "cast it: cast(x as decimal(18,2)); texts are put together by ||");
        }
        return node;
    }

    private static Node whole(List<Node> arguments, int index, Syntax.Call call) {
        Node node = number(arguments, index, call);
        if (!(node.type() instanceof DataType.IntType)) {
            throw Mistakes.of("`" + call.function() + "` takes whole numbers", call.at());
        }
        return node;
    }

    private static void require(Syntax.Call call, int least, int most) {
        int count = call.arguments().size();
        if (count < least || count > most) {
            String number = least == most ? String.valueOf(least) : least + " to " + most;
            throw Mistakes.of(
                    "`" + call.function() + "` takes " + number + (most == 1 ? " value" : " values") + ", not " + count,
                    call.at());
        }
    }
}
