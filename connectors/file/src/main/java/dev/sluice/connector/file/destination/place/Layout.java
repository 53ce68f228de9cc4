package dev.sluice.connector.file.destination.place;

import dev.sluice.spi.destination.Generation;
import dev.sluice.spi.destination.TargetName;
import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The template of the folders in which the files of a stream lie, such as {@code {namespace}/{stream}/{year}-{month}}.
 *
 * <p>Its beginning, up to the last part that names the stream, is the folder of the stream; what follows divides the files
 * inside it by the run that wrote them. A part that names nothing, such as the namespace of a source without namespaces, is
 * left out.
 */
public final class Layout {
    /** A folder for each stream, side by side, so that none lies in another one whatever they are called. */
    public static final String DEFAULT = "{namespace}.{stream}";

    private static final List<String> OF_STREAM = List.of("namespace", "stream");
    private static final List<String> OF_RUN = List.of("year", "month", "day", "hour", "sync_id", "generation_id");

    private final List<Segment> ofStream;
    private final List<Segment> ofRun;

    private Layout(List<Segment> ofStream, List<Segment> ofRun) {
        this.ofStream = List.copyOf(ofStream);
        this.ofRun = List.copyOf(ofRun);
    }

    /** A part between two slashes. */
    private record Segment(List<Token> tokens) {
        boolean names(String word) {
            return tokens.contains(new Token(word, true));
        }

        boolean namesAny(List<String> words) {
            return words.stream().anyMatch(this::names);
        }
    }

    /** A literal text, or a placeholder by its name. */
    private record Token(String text, boolean placeholder) {}

    /**
     * Reads a template.
     *
     * @throws ProblemException of kind {@code CONFIG} if it is none
     */
    public static Layout parse(String template) {
        List<Segment> segments = new ArrayList<>();
        for (String part : template.split("/")) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || part.startsWith(".sluice")) {
                throw wrong("a part of the template cannot be '" + part + "'");
            }
            segments.add(segment(part));
        }
        int last = -1;
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).namesAny(OF_STREAM)) {
                last = i;
            }
        }
        List<Segment> ofStream = segments.subList(0, last + 1);
        if (ofStream.stream().noneMatch(segment -> segment.names("stream"))) {
            throw wrong("the template has to say where the name of the stream goes: {stream}");
        }
        if (ofStream.stream().anyMatch(segment -> segment.namesAny(OF_RUN))) {
            throw wrong("what changes with each run has to stand in parts of its own behind the name of the stream");
        }
        return new Layout(ofStream, segments.subList(last + 1, segments.size()));
    }

    /** True if streams of different namespaces get different folders. */
    public boolean namesNamespaces() {
        return ofStream.stream().anyMatch(segment -> segment.names("namespace"));
    }

    private static Segment segment(String part) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < part.length()) {
            int open = part.indexOf('{', at);
            String literal = part.substring(at, open < 0 ? part.length() : open);
            if (!literal.isEmpty()) {
                requirePlain(literal);
                tokens.add(new Token(literal, false));
            }
            if (open < 0) {
                break;
            }
            int close = part.indexOf('}', open);
            if (close < 0) {
                throw wrong("a brace is open in '" + part + "'");
            }
            tokens.add(placeholder(part.substring(open + 1, close)));
            at = close + 1;
        }
        return new Segment(tokens);
    }

    private static Token placeholder(String name) {
        List<String> known = new ArrayList<>(OF_STREAM);
        known.addAll(OF_RUN);
        if (!known.contains(name)) {
            String near = NearNames.nearest(name, known)
                    .map(meant -> "; did you mean {" + meant + "}?")
                    .orElse("; there are {" + String.join("}, {", known) + "}");
            throw wrong("nothing is called {" + name + "}" + near);
        }
        return new Token(name, true);
    }

    private static void requirePlain(String literal) {
        boolean plain = literal.chars().allMatch(each -> each >= ' ' && "\\:*?\"<>|}".indexOf(each) < 0);
        if (!plain) {
            throw wrong("folders cannot be called '" + literal + "' everywhere");
        }
    }

    private static ProblemException wrong(String message) {
        return Problem.of("E_CONFIG", ProblemKind.CONFIG, message)
                .at("layout")
                .fix("write it like " + DEFAULT + " or {namespace}/{stream}/{year}-{month}-{day}")
                .exception();
    }

    /** The folder of a stream, with slashes between its parts. */
    public String folder(TargetName name) {
        List<String> parts = new ArrayList<>();
        for (Segment segment : ofStream) {
            String part = ofStream(segment, name);
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }

    private static String ofStream(Segment segment, TargetName name) {
        StringBuilder out = new StringBuilder();
        boolean lacks = false;
        for (Token token : segment.tokens()) {
            String value = !token.placeholder()
                    ? token.text()
                    : token.text().equals("stream") ? name.name() : name.namespace() == null ? "" : name.namespace();
            lacks |= value.isEmpty();
            out.append(token.placeholder() && !value.isEmpty() ? PathNames.encode(value) : value);
        }
        // Without a namespace, {namespace}.{stream} is the stream alone.
        return lacks ? out.toString().replaceAll("^[._ -]+|[._ -]+$", "") : out.toString();
    }

    /** The folder of a run inside the folder of a stream, with a slash at its end; empty if there is none. */
    public String folder(Generation generation, Instant begun) {
        ZonedDateTime time = begun.atZone(ZoneOffset.UTC);
        StringBuilder out = new StringBuilder();
        for (Segment segment : ofRun) {
            for (Token token : segment.tokens()) {
                out.append(token.placeholder() ? ofRun(token.text(), generation, time) : token.text());
            }
            out.append('/');
        }
        return out.toString();
    }

    private static String ofRun(String name, Generation generation, ZonedDateTime time) {
        return switch (name) {
            case "year" -> digits(time.getYear(), 4);
            case "month" -> digits(time.getMonthValue(), 2);
            case "day" -> digits(time.getDayOfMonth(), 2);
            case "hour" -> digits(time.getHour(), 2);
            case "sync_id" -> Long.toString(generation.syncId());
            case "generation_id" -> Long.toString(generation.id());
            default -> throw new IllegalStateException("a placeholder without a meaning: " + name);
        };
    }

    private static String digits(int number, int digits) {
        return String.format(Locale.ROOT, "%0" + digits + "d", number);
    }
}
