// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import './ui/ui.css';

const root = document.getElementById('page');
if (root) createRoot(root).render(<StrictMode><App /></StrictMode>);
