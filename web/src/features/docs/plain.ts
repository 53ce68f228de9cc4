import type { Block, Inline } from 'virtual:guides';

/** A piece of a guide without its marks, for those who look for words in it. */
export function plain(blocks: Block[]): string {
  return blocks.map(plainBlock).join('\n');
}

function plainBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'p':
      return block.inner.map(plainWord).join('');
    case 'pre':
      return block.text;
    case 'ul':
    case 'ol':
      return block.items.map(plain).join('\n');
    case 'quote':
      return plain(block.blocks);
    case 'hr':
      return '';
    case 'table':
      return [block.head, ...block.rows]
        .map((row) => row.map((cell) => cell.map(plainWord).join('')).join(' '))
        .join('\n');
  }
}

export function plainWord(each: Inline): string {
  if (typeof each === 'string') {
    return each;
  }
  switch (each.kind) {
    case 'code':
      return each.text;
    case 'br':
      return ' ';
    default:
      return each.inner.map(plainWord).join('');
  }
}
