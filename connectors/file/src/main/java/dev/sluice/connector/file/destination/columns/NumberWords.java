package dev.sluice.connector.file.destination.columns;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a format for exact numbers, and which of them holds the values of two.
 *
 * @param integers the words for integers, with the digits that these may have
 * @param decimal the word for decimals, behind which the digits stand in brackets
 * @param mostDigits the most digits of a decimal
 */
public record NumberWords(Map<String, Integer> integers, String decimal, int mostDigits) {
    public NumberWords {
        integers = Map.copyOf(integers);
    }

    /** The type that holds all numbers of both; empty if there is none, or if one of them is no exact number. */
    public Optional<String> joined(String one, String other) {
        Integer first = integers.get(one);
        Integer second = integers.get(other);
        if (first != null && second != null) {
            return Optional.of(first >= second ? one : other);
        }
        Optional<Digits> some = digits(one);
        Optional<Digits> more = digits(other);
        if (some.isEmpty() || more.isEmpty()) {
            return Optional.empty();
        }
        int whole = Math.max(some.get().whole(), more.get().whole());
        int fraction = Math.max(some.get().fraction(), more.get().fraction());
        return whole + fraction > mostDigits
                ? Optional.empty()
                : Optional.of(decimal + "(" + (whole + fraction) + "," + fraction + ")");
    }

    /** How many digits a number of a type has before and behind the point. */
    private record Digits(int whole, int fraction) {}

    private Optional<Digits> digits(String type) {
        Integer integer = integers.get(type);
        if (integer != null) {
            return Optional.of(new Digits(integer, 0));
        }
        Matcher matcher =
                Pattern.compile(Pattern.quote(decimal) + "\\((\\d+),(\\d+)\\)").matcher(type);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int scale = Integer.parseInt(matcher.group(2));
        return Optional.of(new Digits(Integer.parseInt(matcher.group(1)) - scale, scale));
    }
}
