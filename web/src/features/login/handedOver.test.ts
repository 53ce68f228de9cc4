import { describe, expect, it } from 'vitest';
import { handedOver } from './handedOver';
import { ownPath } from './LoginPage';

describe('coming back from a provider', () => {
  it('brings a code and where one wanted to go', () => {
    expect(handedOver('#code=a%2Bb&to=%2Fw%2F1%2Fconnections%3Ftag%3Dx')).toEqual({
      code: 'a+b',
      to: '/w/1/connections?tag=x',
    });
  });

  it('brings the reason if nobody is logged in', () => {
    expect(handedOver('#problem=E_LAST_ADMIN&message=the%20last%20administrator')).toEqual({
      message: 'the last administrator',
    });
  });

  it('brings nothing with another address', () => {
    expect(handedOver('')).toEqual({});
    expect(handedOver('#code=')).toEqual({});
  });

  it('leads to pages of this server only', () => {
    expect(ownPath('//evil.example')).toBe('/');
    expect(ownPath('https://evil.example')).toBe('/');
    expect(ownPath('/login?to=/x')).toBe('/');
    expect(ownPath('/w/1/jobs')).toBe('/w/1/jobs');
  });
});
