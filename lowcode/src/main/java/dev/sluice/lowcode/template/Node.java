package dev.sluice.lowcode.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a template: an expression, or something that writes. */
sealed interface Node {
    /** A value that stands in the template. */
    record Constant(Object value) implements Node {}

    /** A variable. */
    record Name(String name) implements Node {}

    /** {@code [a, b]}. */
    record ListOf(List<Node> items) implements Node {}

    /** {@code (a, b)}. */
    record TupleOf(List<Node> items) implements Node {}

    /** {@code {a: b}}. */
    record MapOf(List<Node> keys, List<Node> values) implements Node {}

    /** {@code a.b}. */
    record Attribute(Node of, String name) implements Node {}

    /** {@code a[b]}. */
    record Item(Node of, Node key) implements Node {}

    /** {@code a[b:c:d]}. */
    record Slice(
            Node of,
            @Nullable Node from,
            @Nullable Node to,
            @Nullable Node step) implements Node {}

    /** {@code a(b, c=d)}. */
    record Call(Node of, List<Node> arguments, Map<String, Node> named) implements Node {}

    /** {@code a | b(c)}. */
    record Filter(Node of, String name, List<Node> arguments, Map<String, Node> named) implements Node {}

    /** {@code a is b}. */
    record Test(Node of, String name, List<Node> arguments) implements Node {}

    /** {@code -a} and {@code +a}. */
    record Sign(boolean minus, Node of) implements Node {}

    /** {@code not a}. */
    record Not(Node of) implements Node {}

    /** {@code a and b}, {@code a or b}. */
    record Logic(boolean and, Node left, Node right) implements Node {}

    /** {@code a + b} and the like. */
    record Binary(String operator, Node left, Node right) implements Node {}

    /** {@code a ~ b}. */
    record Concat(List<Node> parts) implements Node {}

    /** {@code a < b <= c}: all of them have to hold. */
    record Compare(Node first, List<String> operators, List<Node> others) implements Node {}

    /** {@code a if b else c}. */
    record Conditional(Node then, Node test, @Nullable Node otherwise) implements Node {}

    /** Text as it stands there. */
    record Text(String text) implements Node {}

    /** Parts one after the other. */
    record Block(List<Node> parts) implements Node {}

    /** An if with its alternatives; the last block stands for none of them. */
    record If(List<Node> tests, List<Node> blocks, Node otherwise) implements Node {}

    /** A loop. */
    record For(List<String> targets, Node over, @Nullable Node filter, Node body, Node otherwise) implements Node {}

    /** An assignment to names, or to a member of a namespace. */
    record Assign(List<String> targets, @Nullable String member, Node value) implements Node {}

    /** An assignment of what a block writes. */
    record Capture(String target, Node body) implements Node {}

    /** A block with variables of its own. */
    record With(List<String> targets, List<Node> values, Node body) implements Node {}
}
