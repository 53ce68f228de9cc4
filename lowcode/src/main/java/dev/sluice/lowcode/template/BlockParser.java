package dev.sluice.lowcode.template;

import dev.sluice.lowcode.template.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads a whole template: text, expressions and statements. */
final class BlockParser extends Parser {
    private static final int MOST_DEPTH = 60;

    private final Set<String> assigned = new LinkedHashSet<>();
    private int level;

    BlockParser(List<Token> tokens) {
        super(tokens);
    }

    /** The names that the template itself gives values to. */
    Set<String> assigned() {
        return assigned;
    }

    Node template() {
        Node block = block(Set.of());
        if (peek().kind() != Kind.LAST) {
            throw unexpected("the end of the template");
        }
        return block;
    }

    /** Everything up to a statement with one of these names, which is read up to behind its name. */
    private Node block(Set<String> ends) {
        if (++level > MOST_DEPTH) {
            throw new TemplateException("blocks are more than " + MOST_DEPTH + " levels deep", peek().at());
        }
        List<Node> parts = new ArrayList<>();
        while (true) {
            Token token = next();
            switch (token.kind()) {
                case TEXT -> parts.add(new Node.Text(token.text()));
                case OUTPUT -> {
                    parts.add(expressions());
                    expectEnd();
                }
                case STATEMENT -> {
                    if (peek().kind() == Kind.NAME && ends.contains(peek().text())) {
                        level--;
                        return new Node.Block(parts);
                    }
                    parts.add(statement());
                }
                case LAST -> {
                    if (!ends.isEmpty()) {
                        throw new TemplateException("one of " + ends + " is missing", token.at());
                    }
                    level--;
                    return new Node.Block(parts);
                }
                case END, NAME, STRING, INTEGER, FLOAT, OPERATOR -> throw unexpected("a text or a mark");
            }
        }
    }

    private Node statement() {
        String name = expectName();
        return switch (name) {
            case "if" -> conditional();
            case "for" -> loop();
            case "set" -> assignment();
            case "with" -> with();
            default -> throw new TemplateException("the statement " + name + " is not known", peek().at());
        };
    }

    private Node conditional() {
        List<Node> tests = new ArrayList<>();
        List<Node> blocks = new ArrayList<>();
        tests.add(expressions());
        expectEnd();
        Node otherwise = new Node.Block(List.of());
        while (true) {
            blocks.add(block(Set.of("elif", "else", "endif")));
            String end = expectName();
            if (end.equals("elif")) {
                tests.add(expressions());
                expectEnd();
                continue;
            }
            expectEnd();
            if (end.equals("else")) {
                otherwise = block(Set.of("endif"));
                expectName();
                expectEnd();
            }
            return new Node.If(tests, blocks, otherwise);
        }
    }

    private Node loop() {
        List<String> targets = names();
        if (!eatName("in")) {
            throw unexpected("\"in\"");
        }
        Node over = or();
        Node filter = optionalAfter("if");
        expectEnd();
        Node body = block(Set.of("else", "endfor"));
        Node otherwise = new Node.Block(List.of());
        if (expectName().equals("else")) {
            expectEnd();
            otherwise = block(Set.of("endfor"));
            expectName();
        }
        expectEnd();
        assigned.add("loop");
        return new Node.For(targets, over, filter, body, otherwise);
    }

    private List<String> names() {
        boolean bracket = eat("(");
        List<String> names = new ArrayList<>(List.of(expectName()));
        while (eat(",")) {
            names.add(expectName());
        }
        if (bracket) {
            expect(")");
        }
        assigned.addAll(names);
        return names;
    }

    private Node assignment() {
        List<String> names = names();
        String member = eat(".") ? expectName() : null;
        if (eat("=")) {
            Node value = expressions();
            expectEnd();
            return new Node.Assign(names, member, value);
        }
        expectEnd();
        Node body = block(Set.of("endset"));
        expectName();
        expectEnd();
        return new Node.Capture(names.getFirst(), body);
    }

    private Node with() {
        List<String> names = new ArrayList<>();
        List<Node> values = new ArrayList<>();
        while (peek().kind() != Kind.END) {
            String name = expectName();
            names.add(name);
            assigned.add(name);
            expect("=");
            values.add(expression());
            if (!eat(",")) {
                break;
            }
        }
        expectEnd();
        Node body = block(Set.of("endwith"));
        expectName();
        expectEnd();
        return new Node.With(names, values, body);
    }
}
