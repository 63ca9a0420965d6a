// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { Button as NlButton } from '@nl-design-system-candidate/button-react';
import { Heading as NlHeading } from '@nl-design-system-candidate/heading-react';
import { Paragraph as NlParagraph } from '@nl-design-system-candidate/paragraph-react';
import { SkipLink as NlSkipLink } from '@nl-design-system-candidate/skip-link-react';
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, HTMLAttributes, ReactNode } from 'react';
import { Link as RouterLink } from 'react-router';
import { Icon, type IconName } from './icons';
import { useLanguage } from './language';

export type Level = 1 | 2 | 3 | 4;

export function Heading({ level, children, ...rest }: { level: Level } & HTMLAttributes<HTMLHeadingElement>) {
  return <NlHeading level={level} {...rest}>{children}</NlHeading>;
}

export function Paragraph({ children, ...rest }: HTMLAttributes<HTMLParagraphElement>) {
  return <NlParagraph {...rest}>{children}</NlParagraph>;
}

/** The one or two sentences under a title. */
export function Lead({ children, soft = false }: { children: ReactNode; soft?: boolean }) {
  return <Paragraph className={soft ? 'bp-lead bp-soft' : 'bp-lead'}>{children}</Paragraph>;
}

export function SkipLink({ children }: { children: ReactNode }) {
  return <NlSkipLink href="#inhoud">{children}</NlSkipLink>;
}

/** The path of a page in the language that is being read. Paths are the same in both; English starts with /en. */
export function usePath(): (path: string) => string {
  const language = useLanguage();
  return (path) => (language === 'en' ? `/en${path === '/' ? '' : path}` : path);
}

interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  /** A path of ours without language, for example /cijfers?bron=… */
  to: string;
}

/** A link to another page of ours, in the language of this one. */
export function Link({ to, className = '', children, ...rest }: LinkProps) {
  const path = usePath();
  return <RouterLink to={path(to)} className={`nl-link ${className}`.trim()} {...rest}>{children}</RouterLink>;
}

/** A link out of the pages: the interface for programs, a file, another site. */
export function PlainLink({ href, className = '', children, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement>) {
  return <a href={href} className={`nl-link ${className}`.trim()} {...rest}>{children}</a>;
}

export type Purpose = 'primary' | 'secondary' | 'subtle';

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children' | 'disabled'> {
  purpose?: Purpose;
  icon?: IconName;
  iconEnd?: IconName;
  small?: boolean;
  busy?: boolean;
  children: ReactNode;
}

/** A button. It is never disabled: what cannot be done is said after pressing it. */
export function Button({ purpose = 'secondary', icon, iconEnd, small, className = '', type = 'button', ...rest }: ButtonProps) {
  return (
    <NlButton type={type} purpose={purpose} {...(icon && { iconStart: <Icon name={icon} /> })} {...(iconEnd && { iconEnd: <Icon name={iconEnd} /> })}
      className={`${small ? 'bp-button--small ' : ''}${className}`.trim()} {...rest} />
  );
}

/** A link that looks like a button: the next step on another page, or a file to take along. */
export function ButtonLink({ to, href, purpose = 'secondary', icon, iconEnd, small, children, ...rest }: {
  to?: string; href?: string; purpose?: Purpose; icon?: IconName; iconEnd?: IconName; small?: boolean; children: ReactNode;
} & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'>) {
  const path = usePath();
  const className = `nl-button nl-button--${purpose}${small ? ' bp-button--small' : ''}`;
  const content = (
    <>
      {icon && <span className="nl-button__icon-start"><Icon name={icon} /></span>}
      <span className="nl-button__label">{children}</span>
      {iconEnd && <span className="nl-button__icon-end"><Icon name={iconEnd} /></span>}
    </>
  );
  if (to !== undefined) return <RouterLink to={path(to)} className={className} {...rest}>{content}</RouterLink>;
  return <a href={href} className={className} {...rest}>{content}</a>;
}

/** A button that reads as a link, for what happens on this page. */
export function LinkButton({ className = '', type = 'button', ...rest }: ButtonHTMLAttributes<HTMLButtonElement>) {
  return <button type={type === 'submit' ? 'submit' : 'button'} className={`bp-linkbutton ${className}`.trim()} {...rest} />;
}
