package dev.sluice.spi.destination;

/** How well the values of a field's type fit the column that holds them. */
public enum Fit {
    /** Each value comes back as it was. */
    EXACT,
    /** Each value keeps its meaning in a wider type, such as a number as text. */
    WIDENED,
    /** Some values lose a part or do not fit; the user has to consent. */
    LOSSY
}
