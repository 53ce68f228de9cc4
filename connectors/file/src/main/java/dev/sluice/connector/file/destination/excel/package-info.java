/**
 * Workbooks of one sheet, written while rows come: a zip archive whose last part is the sheet.
 *
 * <p>Neighbours: {@code files} divides the rows; {@code excel} knows how workbooks count days.
 */
@NullMarked
package dev.sluice.connector.file.destination.excel;

import org.jspecify.annotations.NullMarked;
