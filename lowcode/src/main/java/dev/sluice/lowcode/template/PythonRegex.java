package dev.sluice.lowcode.template;

import dev.sluice.lowcode.value.Fault;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A regular expression in the syntax of Python's {@code re}. */
final class PythonRegex {
    private static final Pattern NAMED = Pattern.compile("\\(\\?P(<|=)([A-Za-z_][A-Za-z0-9_]*)(>|\\))");
    private static final Pattern REFERENCE = Pattern.compile("\\\\(?:(\\d{1,2})|g<(\\w+)>|(.))", Pattern.DOTALL);
    private static final int MOST_LENGTH = 10_000;

    private final Pattern pattern;
    private final Map<String, String> names = new HashMap<>();

    PythonRegex(String regex) {
        if (regex.length() > MOST_LENGTH) {
            throw Fault.limit("a regular expression of more than " + MOST_LENGTH + " characters");
        }
        String translated = NAMED.matcher(regex).replaceAll(found -> {
            String name = names.computeIfAbsent(found.group(2), unknown -> "g" + names.size());
            return Matcher.quoteReplacement(found.group(1).equals("<") ? "(?<" + name + ">" : "\\k<" + name + ">");
        });
        try {
            pattern = Pattern.compile(translated.replace("\\Z", "\\z"));
        } catch (PatternSyntaxException wrong) {
            throw Fault.value("not a regular expression: " + wrong.getDescription());
        }
    }

    /** The first group of the first match; empty if there is no match or no group. */
    String firstGroup(String text, Allowance allowance) {
        Matcher matcher = pattern.matcher(allowance.watched(text));
        if (!matcher.find() || matcher.groupCount() == 0) {
            return "";
        }
        String group = matcher.group(1);
        return group == null ? "" : group;
    }

    /** The text with each match replaced, where {@code \1} stands for a group. */
    String replace(String text, String replacement, Allowance allowance) {
        Matcher matcher = pattern.matcher(allowance.watched(text));
        StringBuilder out = new StringBuilder();
        int from = 0;
        while (matcher.find()) {
            out.append(text, from, matcher.start()).append(expanded(replacement, matcher));
            from = matcher.end();
        }
        return out.append(text.substring(from)).toString();
    }

    private String expanded(String replacement, Matcher match) {
        return REFERENCE.matcher(replacement).replaceAll(reference -> {
            if (reference.group(3) != null) {
                return Matcher.quoteReplacement(
                        switch (reference.group(3)) {
                            case "n" -> "\n";
                            case "t" -> "\t";
                            case "\\" -> "\\";
                            default -> reference.group();
                        });
            }
            String name = reference.group(1) == null ? reference.group(2) : reference.group(1);
            return Matcher.quoteReplacement(group(match, name));
        });
    }

    private String group(Matcher match, String name) {
        try {
            String group = Character.isDigit(name.charAt(0))
                    ? match.group(Integer.parseInt(name))
                    : match.group(names.getOrDefault(name, name));
            return group == null ? "" : group;
        } catch (IndexOutOfBoundsException | IllegalArgumentException none) {
            throw Fault.value("the regular expression has no group " + name);
        }
    }
}
